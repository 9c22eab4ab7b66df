import { findBuildGraph, packageLookup } from '@paceline/build-graph'
import type { ResolvedConfig } from 'vite'
import { bundledModules } from '../emit/bundled-modules.ts'
import { chunksError } from '../errors.ts'
import type { LiveGraph } from '../live-graph.ts'
import type { PlanOptions } from '../options.ts'
import type { LinkedModules } from '../plan-file/linking/link-modules.ts'
import { buildInMemory, type AppBuild } from './build-in-memory.ts'
import { buildLiveGraph } from './build-live-graph.ts'
import { capturePlugin } from './capture-plugin.ts'
import type { CapturedBuild } from './captured-build.ts'

export interface AnalysisRequest extends AppBuild {
  /** Weights of the routes, which may stand in the config. */
  readonly weights?: (config: ResolvedConfig) => PlanOptions['weights']
}

/** With the modules as an ordinary build will see them. */
export interface Analysis extends LinkedModules {
  readonly graph: LiveGraph
  /** The modules as a build will see them that follows a plan which mentions imports of these. */
  readonly linkedFor: (opened: ReadonlySet<string>) => LinkedModules
  /** The config of the analysis build: the app's, but nothing is written. */
  readonly config: ResolvedConfig
}

/**
 * Builds the client of an app in memory with one chunk per module, and reads the live graph off the result.
 *
 * @throws what the build throws, `PACELINE_ROUTE_UNKNOWN`, `PACELINE_WEIGHT_UNKNOWN`, `PACELINE_NOTHING_TO_PLAN`
 */
export async function analyseLiveGraph({ weights, ...app }: AnalysisRequest): Promise<Analysis> {
  let captured: CapturedBuild | undefined
  const config = await buildInMemory(
    app,
    capturePlugin((build) => void (captured ??= build)),
  )
  if (!captured) throw chunksError('PACELINE_NOTHING_TO_PLAN', [config.root])
  const packageOf = packageLookup(config.root)
  const graph = await buildLiveGraph(captured, {
    packageOf,
    routes: findBuildGraph(config.plugins)?.options.routes ?? {},
    weights: weights?.(config),
  })
  const { modules, root, survivors: survived, sources } = captured
  const link = (opened: ReadonlySet<string>): LinkedModules =>
    bundledModules({ modules, root, packageOf, survived, sources: { ...sources, opened } })
  return { graph, ...link(new Set()), linkedFor: link, config }
}
