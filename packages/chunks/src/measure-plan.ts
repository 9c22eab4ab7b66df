import { encoders } from '@paceline/kit'
import type { Rollup } from 'vite'
import { buildInMemory, type AppBuild } from './analysis/build-in-memory.ts'
import { chunkOutput, isRolldown } from './emit/chunk-output.ts'
import { FollowedPlan, type FollowRequest } from './emit/follow-plan.ts'
import type { LiveGraph } from './live-graph.ts'
import type { RouteExpectation } from './plan-file/stored-plan.ts'
import { stableOutput } from './stable/stable-config.ts'

export interface MeasureRequest extends AppBuild {
  readonly follow: FollowRequest
  readonly graph: LiveGraph
  /** The option. */
  readonly stable: boolean
}

/** A chunk of the measured build. */
interface Chunk {
  readonly fileName: string
  readonly modules: ReadonlySet<string>
  readonly imports: readonly string[]
  readonly bytes: number
}

/**
 * Follows a plan in memory and weighs the JavaScript of every first load as it is served. Sizes of modules say which chunks are
 * better, but are a few percent off; what later builds are compared with has to be right.
 */
export async function measurePlan({
  follow,
  graph,
  stable,
  ...app
}: MeasureRequest): Promise<Record<string, RouteExpectation>> {
  const plan = new FollowedPlan(follow)
  let chunks: readonly Chunk[] = []
  await buildInMemory(app, {
    applyToEnvironment: (environment) => environment.config.consumer === 'client',
    outputOptions: {
      order: 'post',
      handler(output) {
        const options = { ...(stable ? stableOutput(output) : output), sourcemap: false }
        return chunkOutput(options, plan, () => plan.ids(), isRolldown(this.meta))
      },
    },
    renderStart() {
      plan.begin(this)
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        chunks = await weigh(bundle, (id) => plan.keyOf(id))
      },
    },
  })
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const routes = graph.scenarios.map(({ id, roots }): [string, RouteExpectation] => {
    const keys = roots.map((root) => graph.modules[root]!.key)
    const loaded = new Set(chunks.filter(({ modules }) => keys.some((key) => modules.has(key))))
    // Grows while it is walked.
    for (const { imports } of loaded) for (const file of imports) if (byFile.has(file)) loaded.add(byFile.get(file)!)
    const served = [...loaded].filter(({ bytes }) => bytes > 0)
    return [id, { bytes: served.reduce((sum, { bytes }) => sum + bytes, 0), requests: served.length }]
  })
  return Object.fromEntries(routes)
}

/** Vite makes of a chunk that is nothing but imports a script element for each of them. */
const ONLY_IMPORTS = /^(?:\s*import\s*["'][^"']*["'];?)*\s*$/

async function weigh(bundle: Rollup.OutputBundle, keyOf: (id: string) => string | undefined): Promise<Chunk[]> {
  const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
  return Promise.all(
    chunks.map(async ({ fileName, moduleIds, imports, code, isEntry }): Promise<Chunk> => {
      const inHtml = isEntry && ONLY_IMPORTS.test(code)
      const bytes = inHtml ? 0 : (await encoders.brotli.encode(Buffer.from(code))).byteLength
      return { fileName, modules: new Set(moduleIds.flatMap((id) => keyOf(id) ?? [])), imports, bytes }
    }),
  )
}
