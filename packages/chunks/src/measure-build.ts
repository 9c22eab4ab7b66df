import { encoders } from '@paceline/kit'
import type { Plugin, Rollup } from 'vite'
import { buildInMemory, type AppBuild } from './analysis/build-in-memory.ts'
import type { LiveGraph } from './live-graph.ts'
import type { RouteExpectation } from './plan-file/stored-plan.ts'

/** What a build in memory has made of an app. */
export interface MeasuredBuild {
  /** What a plan calls the modules of each chunk. Chunks of nothing but stylesheets are not there. */
  readonly chunks: readonly (readonly string[])[]
  /** In the order of the scenarios. */
  readonly routes: readonly MeasuredRoute[]
}

/** What a first load downloads, brotli. */
export interface MeasuredRoute {
  readonly id: string
  readonly js: RouteExpectation
  readonly css: RouteExpectation
  /** Of the requests for JavaScript those for files that hold no module of the app: the bundler's own helpers. */
  readonly helpers: number
}

export interface BuildToMeasure extends AppBuild {
  readonly graph: LiveGraph
  /** What a plan calls a module of the bundler's. */
  readonly keyOf: (id: string) => string | undefined
  /** The hooks that decide what the chunks are. */
  readonly hooks: Pick<Plugin, 'outputOptions' | 'renderStart'>
}

/** A chunk of the measured build. */
interface Chunk {
  readonly fileName: string
  readonly modules: ReadonlySet<string>
  readonly imports: readonly string[]
  readonly css: readonly string[]
  readonly bytes: number
}

/**
 * Builds an app in memory and weighs every first load as it is served. Sizes of modules say which chunks are better, but are a few
 * percent off; what builds are compared with has to be right.
 *
 * @throws what the build throws
 */
export async function measureBuild({ graph, keyOf, hooks, ...app }: BuildToMeasure): Promise<MeasuredBuild> {
  let chunks: readonly Chunk[] = []
  let styles: ReadonlyMap<string, number> = new Map()
  await buildInMemory(app, {
    ...hooks,
    applyToEnvironment: (environment) => environment.config.consumer === 'client',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        chunks = await weighChunks(bundle, keyOf)
        styles = await weighStyles(bundle)
      },
    },
  })
  return {
    chunks: chunks.map(({ modules }) => [...modules]),
    routes: measureRoutes(graph, chunks, styles),
  }
}

function measureRoutes(
  graph: LiveGraph,
  chunks: readonly Chunk[],
  styles: ReadonlyMap<string, number>,
): MeasuredRoute[] {
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  return graph.scenarios.map(({ id, roots }): MeasuredRoute => {
    const keys = roots.map((root) => graph.modules[root]!.key)
    const loaded = new Set(chunks.filter(({ modules }) => keys.some((key) => modules.has(key))))
    // Grows while it is walked.
    for (const { imports } of loaded) for (const file of imports) if (byFile.has(file)) loaded.add(byFile.get(file)!)
    const sheets = new Set([...loaded].flatMap(({ css }) => css))
    return {
      id,
      js: sum([...loaded].map(({ bytes }) => bytes)),
      css: sum([...sheets].map((file) => styles.get(file) ?? 0)),
      helpers: [...loaded].filter(({ modules, bytes }) => modules.size === 0 && bytes > 0).length,
    }
  })
}

/** Files of no size are none. */
function sum(bytes: readonly number[]): RouteExpectation {
  return { bytes: bytes.reduce((total, one) => total + one, 0), requests: bytes.filter((one) => one > 0).length }
}

/** Vite makes of a chunk that is nothing but imports a script element for each of them. */
const ONLY_IMPORTS = /^(?:\s*import\s*["'][^"']*["'];?)*\s*$/

function weighChunks(bundle: Rollup.OutputBundle, keyOf: (id: string) => string | undefined): Promise<Chunk[]> {
  const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
  return Promise.all(
    chunks.map(async ({ fileName, moduleIds, imports, code, isEntry, viteMetadata }): Promise<Chunk> => {
      const inHtml = isEntry && ONLY_IMPORTS.test(code)
      return {
        fileName,
        modules: new Set(moduleIds.flatMap((id) => keyOf(id) ?? [])),
        imports,
        css: [...(viteMetadata?.importedCss ?? [])],
        bytes: inHtml ? 0 : await brotli(code),
      }
    }),
  )
}

async function weighStyles(bundle: Rollup.OutputBundle): Promise<Map<string, number>> {
  const sheets = Object.values(bundle).filter(({ fileName, type }) => type === 'asset' && fileName.endsWith('.css'))
  return new Map(
    await Promise.all(
      sheets.map(async (sheet) => {
        const source = sheet.type === 'asset' ? sheet.source : ''
        return [sheet.fileName, await brotli(source)] as const
      }),
    ),
  )
}

async function brotli(text: string | Uint8Array): Promise<number> {
  return (await encoders.brotli.encode(Buffer.from(text as Uint8Array))).byteLength
}
