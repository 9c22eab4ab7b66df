import { resolve } from 'node:path'
import type { InlineConfig } from 'vite'
import { analyseLiveGraph, type Analysis } from './analysis/analyse-live-graph.ts'
import { appName } from './app-name.ts'
import { findChunks } from './find-chunks.ts'
import type { LiveGraph } from './live-graph.ts'
import { groupMatcher } from './match-modules.ts'
import { measurePlan } from './measure-plan.ts'
import type { ChunkPlan, PlanFigures } from './plan.ts'
import { readPlan } from './plan-file/plan-file.ts'
import { placeModules } from './plan-file/placement/place-modules.ts'
import { storePlan } from './plan-file/store-plan.ts'
import type { StoredPlan } from './plan-file/stored-plan.ts'
import { evaluatePlan } from './planner/evaluate-plan.ts'
import { planChunks, planDefault } from './planner/plan-chunks.ts'
import { planSettings, resolveChunksOptions, storedSettings, type ResolvedPlanOptions } from './resolve-options.ts'

/** The app to plan, and what to build it with. */
export interface PlanRequest {
  /** The app's own Vite. */
  readonly vite: typeof import('vite')
  /** What `vite build` would be given: root, config file, mode. */
  readonly config: InlineConfig
  /** Instead of those of `chunks()` in the config. */
  readonly options?: ResolvedPlanOptions
  /**
   * Builds once more to weigh what the plan expects of every first load, where no real build is going to. Without it the plan expects
   * the planner's estimates, a few percent off and with the stylesheets.
   *
   * @default false
   */
  readonly measure?: boolean
}

/** A plan that was made, and what it is to be compared with. Nothing is written. */
export interface PlannedBuild {
  readonly graph: LiveGraph
  readonly plan: ChunkPlan
  /** For `writePlan(file, stored)`. */
  readonly stored: StoredPlan
  /** What the plan is expected to cost. */
  readonly figures: PlanFigures
  /** What Vite's default chunks would. */
  readonly before: PlanFigures
  /** The plan that was there, and what it costs today. */
  readonly previous?: { readonly stored: StoredPlan; readonly figures: PlanFigures }
  /** Limits that could not be kept, and why. Full sentences. */
  readonly remarks: readonly string[]
  /** Absolute path of the plan file. */
  readonly file: string
  /** The Vite root. */
  readonly root: string
}

/**
 * Makes a plan for an app: one analysis build in memory, then the planner. Names of chunks are taken over from the plan that is
 * there.
 *
 * @throws what the build throws; what {@link analyseLiveGraph}, the planner and reading the old plan throw
 */
export async function planApp({ vite, config, options, measure = false }: PlanRequest): Promise<PlannedBuild> {
  const analysis = await analyseLiveGraph({ vite, config, weights: (app) => (options ?? optionsOf(app)).weights })
  const { graph, modules, basisOf, config: resolved } = analysis
  const used = options ?? optionsOf(resolved)
  const file = resolve(resolved.root, used.plan)
  const old = await readPlan(file)
  const previous = old && unfold(old, analysis)
  const settings = { ...planSettings(used), ...(previous ? { previous } : {}) }
  const { plan, figures, remarks } = planChunks(graph, settings)
  const extras = { app: appName(resolved.root), settings: storedSettings(used), figures, modules, basisOf }
  const stored = storePlan(plan, graph, extras)
  const follow = { stored, file: used.plan, root: resolved.root, groupOf: groupMatcher(used.groups) }
  const routes = measure ? await measurePlan({ vite, config, follow, graph, stable: used.stable }) : stored.routes
  return {
    graph,
    plan,
    stored: { ...stored, routes },
    figures,
    before: planDefault(graph, settings).figures,
    ...(old && previous ? { previous: { stored: old, figures: evaluatePlan(graph, previous, settings) } } : {}),
    remarks,
    file,
    root: resolved.root,
  }
}

function optionsOf({ plugins }: Analysis['config']): ResolvedPlanOptions {
  return findChunks(plugins)?.options ?? resolveChunksOptions({ strategy: 'planned' })
}

/** A stored plan with the modules of today in its chunks. */
function unfold(stored: StoredPlan, { graph, modules, basisOf }: Analysis): ChunkPlan {
  const { table, inEntries } = placeModules(stored, { modules, basisOf })
  const live = new Set(graph.modules.map(({ key }) => key))
  const entry = stored.chunks.find(({ kind }) => kind === 'entry')
  const byChunk = new Map<string, string[]>()
  for (const { id, key } of modules) {
    const chunk = table.get(id) ?? inEntries.get(id) ?? entry?.name
    if (chunk === undefined || !live.has(key)) continue
    byChunk.set(chunk, [...(byChunk.get(chunk) ?? []), key])
  }
  const known = new Map(stored.chunks.map((chunk) => [chunk.name, chunk]))
  return {
    chunks: [...byChunk].map(([name, keys]) => {
      const { kind = 'planned', imports = [] } = known.get(name) ?? {}
      return { name, kind, imports, modules: keys.sort() }
    }),
  }
}
