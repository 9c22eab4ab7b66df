import { findBuildGraph, packageLookup } from '@paceline/build-graph'
import type { InlineConfig, Plugin, ResolvedConfig } from 'vite'
import { chunksError } from '../errors.ts'
import type { LiveGraph } from '../live-graph.ts'
import { bundledModules } from '../emit/bundled-modules.ts'
import type { PlanOptions } from '../options.ts'
import type { BundledModule } from '../plan-file/placement/bundled-graph.ts'
import { buildLiveGraph } from './build-live-graph.ts'
import { ANALYSIS_PLUGIN, capturePlugin } from './capture-plugin.ts'
import type { CapturedBuild } from './captured-build.ts'

/** The app to analyse, and what to build it with. */
export interface AnalysisRequest {
  /** The app's own Vite. */
  readonly vite: typeof import('vite')
  /** What `vite build` would be given: root, config file, mode, further plugins. */
  readonly config: InlineConfig
  /** Weights of the routes, which may stand in the config. */
  readonly weights?: (config: ResolvedConfig) => PlanOptions['weights']
}

export interface Analysis {
  readonly graph: LiveGraph
  /** The graph as an ordinary build will see it. */
  readonly modules: readonly BundledModule[]
  /** The config of the analysis build: the app's, but nothing is written. */
  readonly config: ResolvedConfig
}

/**
 * Builds the client of an app in memory with one chunk per module, and reads the live graph off the result. Nothing is
 * written; plugins see `build.write === false`.
 *
 * @throws what the build throws, `PACELINE_ROUTE_UNKNOWN`, `PACELINE_WEIGHT_UNKNOWN`, `PACELINE_NOTHING_TO_PLAN`
 */
export async function analyseLiveGraph({ vite, config: inline, weights }: AnalysisRequest): Promise<Analysis> {
  let captured: CapturedBuild | undefined
  let config: ResolvedConfig | undefined
  const capture = capturePlugin((build) => void (captured ??= build))
  const inMemory: Plugin = {
    name: `${ANALYSIS_PLUGIN}-config`,
    enforce: 'post',
    config: () => ({ build: IN_MEMORY, environments: { client: { build: IN_MEMORY } } }),
    configResolved: (resolved) => void (config = resolved),
  }
  await vite.build({
    ...inline,
    logLevel: 'silent',
    customLogger: vite.createLogger('silent'),
    plugins: [...(inline.plugins ?? []), capture, inMemory],
  })
  if (!captured || !config) throw chunksError('PACELINE_NOTHING_TO_PLAN', [config?.root ?? inline.root ?? '.'])
  const graph = await buildLiveGraph(captured, {
    packageOf: packageLookup(config.root),
    routes: findBuildGraph(config.plugins)?.options.routes ?? {},
    weights: weights?.(config),
  })
  const { modules } = bundledModules(captured.modules, captured.root, captured.survivors)
  return { graph, modules, config }
}

const IN_MEMORY = { write: false, watch: null, reportCompressedSize: false, manifest: false } as const
