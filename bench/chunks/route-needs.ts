import { BUNDLER_ID, CONTAINER_ID } from '@paceline/build-graph'
import type { BuildReport } from '@paceline/build-graph'

/** What one route cannot do without: ids of its JavaScript modules. */
export type Needs = ReadonlyMap<string, ReadonlySet<string>>

/**
 * The modules of every route's first load, from a build with one chunk per module: what is loaded there is what the route
 * imports, and nothing that came along.
 */
export function needsOf(modules: BuildReport): Needs {
  const chunks = chunksByFile(modules)
  return new Map(
    modules.routes.map((route) => {
      const files = route.firstLoad.files.flatMap((file) => chunks.get(file) ?? [])
      return [route.id, new Set(files.flatMap((chunk) => ownModules(chunk).map(({ id }) => id)))]
    }),
  )
}

export interface Waste {
  /** Brotli bytes of modules that the route does not need. */
  readonly bytes: number
  readonly modules: readonly { readonly id: string; readonly brotli: number }[]
  /** Brotli bytes of modules that the build with one chunk per module does not have: of them nothing is known. */
  readonly unknown: number
}

/**
 * What a route downloads in vain, in the exact shares of the report.
 *
 * @throws {Error} When the ruler does not know the route.
 */
export function wasteOf(report: BuildReport, routeId: string, needs: Needs): Waste {
  const route = report.routes.find(({ id }) => id === routeId)
  const needed = needs.get(routeId)
  if (route === undefined || needed === undefined) {
    throw new Error(`\`${routeId}\` is not a route of both builds. Compare builds of the same source.`)
  }
  const known = new Set([...needs.values()].flatMap((ids) => [...ids]))
  const chunks = chunksByFile(report)
  const shipped = route.firstLoad.files.flatMap((file) => chunks.get(file)?.modules ?? [])
  const extra = shipped.filter(({ id }) => id !== BUNDLER_ID && id !== CONTAINER_ID && !needed.has(id))
  const modules = extra.filter(({ id }) => known.has(id)).map(({ id, brotli }) => ({ id, brotli }))
  return {
    bytes: sum(modules),
    modules: modules.toSorted((a, b) => b.brotli - a.brotli || (a.id < b.id ? -1 : 1)),
    unknown: sum(extra.filter(({ id }) => !known.has(id))),
  }
}

type Chunk = BuildReport['chunks'][number]

function chunksByFile(report: BuildReport): Map<string, Chunk> {
  return new Map(report.chunks.filter(({ kind }) => kind === 'js').map((chunk) => [chunk.file, chunk]))
}

function ownModules(chunk: Chunk): Chunk['modules'] {
  return chunk.modules.filter(({ id }) => id !== BUNDLER_ID && id !== CONTAINER_ID)
}

function sum(modules: readonly { readonly brotli: number }[]): number {
  return modules.reduce((total, { brotli }) => total + brotli, 0)
}
