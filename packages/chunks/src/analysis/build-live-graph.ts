import type { GraphModule } from '@paceline/build-graph'
import type { PlanOptions } from '../options.ts'
import type { LiveGraph, LiveModule, Scenario, Volatility } from '../live-graph.ts'
import { chunksError } from '../errors.ts'
import type { CapturedBuild } from './captured-build.ts'
import { findScenarios } from './find-scenarios.ts'
import { readModuleCode, type Survivor } from './module-code.ts'
import { isRuntime, moduleKeys, type KeyPackage, type NamedModule } from './module-keys.ts'
import { effectfulModules } from './effectful-modules.ts'
import { moduleSizes, type ModuleSize } from './module-sizes.ts'
import { findPages, withoutPages, type Page } from './pages.ts'
import { sourceOrder } from './source-order.ts'
import { sharingModules, startingModules } from './starting-modules.ts'
import { weightOf } from './weights.ts'
import { asPicked } from './picked-modules.ts'

export interface LiveGraphContext {
  /** The package of a module by its display id. */
  readonly packageOf: (id: string) => KeyPackage | undefined
  /** `buildGraph.routes`. */
  readonly routes: Readonly<Record<string, readonly [string, ...string[]]>>
  readonly weights: PlanOptions['weights']
}

/**
 * Makes the live graph from what an analysis build has shown.
 *
 * @throws `PACELINE_ROUTE_UNKNOWN`, `PACELINE_WEIGHT_UNKNOWN`, `PACELINE_NOTHING_TO_PLAN`
 */
export async function buildLiveGraph(build: CapturedBuild, context: LiveGraphContext): Promise<LiveGraph> {
  const pages = findPages(build.modules)
  const sources = withoutPages(build.modules, pages)
  const order = sourceOrder(sources)
  const position = (id: string): number => order.get(id) ?? Number.MAX_SAFE_INTEGER
  const survivors = survivorsOf(build, sources, pages).sort((a, b) => position(a.chunk.id) - position(b.chunk.id))
  const index = new Map(survivors.map(({ chunk }, at) => [chunk.id, at]))
  const at = (ids: readonly string[]): number[] => {
    const found = new Set(ids.flatMap((id) => index.get(id) ?? []))
    return [...found].sort((a, b) => a - b)
  }
  const names = moduleKeys(
    build.modules.map(({ id }) => id),
    build.root,
    context.packageOf,
  )
  const sizes = await moduleSizes(survivors.map(({ code }) => code.code))
  const styles = await moduleSizes(survivors.map(({ chunk }) => chunk.css))
  const effectful = effectfulModules(survivors, build.pure)
  const starting = startingModules(survivors, build)
  const sharing = sharingModules(build, new Set([...starting, ...effectful.keys()]))
  const modules = survivors.map(({ chunk, code }, position): LiveModule => {
    const imports = at(code.imports)
    const dynamicImports = at(chunk.dynamicImports)
    const requires = at(effectful.get(chunk.id)?.requires ?? []).filter((to) => to !== position)
    const name = names.get(chunk.id)!
    return {
      ...name,
      kind: chunk.css === '' ? 'js' : 'css',
      size: sum(sizes[position]!, styles[position]!),
      imports: imports.filter((to) => to !== position),
      dynamicImports,
      effects: effectful.has(chunk.id) || sharing.has(chunk.id),
      ...(code.awaits ? { awaits: true } : {}),
      ...(requires.length > 0 ? { requires } : {}),
      ...(starting.has(chunk.id) ? { starts: true } : {}),
      volatility: volatilityOf(chunk.id, name, dynamicImports.length > 0),
    }
  })
  const entryIds = sources.filter((module) => module.entry && index.has(module.id)).map((module) => module.id)
  if (entryIds.length === 0) throw chunksError('PACELINE_NOTHING_TO_PLAN', [build.root])
  return {
    modules: asPicked(modules),
    entries: at(entryIds),
    scenarios: await scenariosOf(build, context, modules, (id) => index.get(pages.get(id)?.script ?? id)),
  }
}

/**
 * What the entries reach, without what the bundler adds and places by itself (Rolldown's runtime). Of the other modules nothing is left,
 * or a list of imports that nobody asks for.
 */
function survivorsOf(
  build: CapturedBuild,
  sources: readonly GraphModule[],
  pages: ReadonlyMap<string, Page>,
): Survivor[] {
  const known = new Set(build.modules.map(({ id }) => id))
  const chunks = new Map(build.chunks.flatMap((chunk) => (known.has(chunk.id) ? [[chunk.id, chunk] as const] : [])))
  const before = new Map([...pages.values()].map((page) => [page.script, page.before]))
  const survivors = new Map<string, Survivor>()
  const entries = sources.flatMap(({ id, entry }) => (entry ? [id] : []))
  const roots = new Set(entries)
  const queue = new Set(entries)
  // Grows while it is walked.
  for (const id of queue) {
    const chunk = chunks.get(id)
    if (!chunk) continue
    const read = readModuleCode(chunk)
    const code = { ...read, imports: [...(before.get(id) ?? []), ...read.imports] }
    survivors.set(id, { chunk, code })
    for (const next of chunk.dynamicImports) roots.add(next)
    for (const next of [...code.imports, ...chunk.dynamicImports]) queue.add(next)
  }
  return withoutEmpty(survivors, roots)
}

/** Rolldown keeps the chunks of barrels of which nothing is left, and imports them. */
function withoutEmpty(survivors: Map<string, Survivor>, roots: ReadonlySet<string>): Survivor[] {
  const isEmpty = ({ chunk, code }: Survivor): boolean =>
    code.code === '' && chunk.css === '' && !roots.has(chunk.id) && !code.imports.some((id) => survivors.has(id))
  for (let before = Infinity; survivors.size < before;) {
    before = survivors.size
    for (const [id, survivor] of survivors) if (isEmpty(survivor)) survivors.delete(id)
  }
  return [...survivors.values()]
}

function volatilityOf(id: string, { package: owner }: NamedModule, importsLazily: boolean): Volatility {
  if (importsLazily) return 'importer'
  if (isRuntime(id)) return 'runtime'
  return owner === undefined ? 'app' : `package:${owner}`
}

function sum(a: ModuleSize, b: ModuleSize): ModuleSize {
  return { raw: a.raw + b.raw, brotli: a.brotli + b.brotli }
}

async function scenariosOf(
  build: CapturedBuild,
  { routes, weights }: LiveGraphContext,
  modules: readonly LiveModule[],
  indexOf: (id: string) => number | undefined,
): Promise<Scenario[]> {
  const entries = build.modules.flatMap(({ id, entry }) => (entry && indexOf(id) !== undefined ? [id] : []))
  const closures = new Map<string, Set<number>>()
  const isInitial = (entry: string, id: string): boolean => {
    const closure = closures.get(entry) ?? staticClosure(modules, indexOf(entry)!)
    closures.set(entry, closure)
    return closure.has(indexOf(id) ?? -1)
  }
  const found = await findScenarios({ build, entries, lives: (id) => indexOf(id) !== undefined, isInitial, routes })
  const weight = weightOf(
    weights,
    found.map(({ id }) => id),
  )
  return found.map(({ id, roots }) => ({ id, weight: weight(id), roots: roots.map((root) => indexOf(root)!) }))
}

/** A module and everything that is loaded with it. */
export function staticClosure(modules: readonly LiveModule[], root: number): Set<number> {
  const closure = new Set([root])
  // Grows while it is walked.
  for (const at of closure) for (const to of modules[at]!.imports) closure.add(to)
  return closure
}
