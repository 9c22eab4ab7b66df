import { resolve } from 'node:path'
import type { InlineConfig } from 'vite'
import { analyseLiveGraph, type Analysis } from './analysis/analyse-live-graph.ts'
import { appName } from './app-name.ts'
import { checkStyles } from './emit/check-output.ts'
import { checkRolldown } from './emit/check-rolldown.ts'
import { mentioning } from './emit/follow-plan.ts'
import { findChunks } from './find-chunks.ts'
import { packageUpdates } from './history/package-updates.ts'
import { readHistory } from './history/read-history.ts'
import type { LiveGraph } from './live-graph.ts'
import type { MeasuredBuild } from './measure-build.ts'
import { groupMatcher } from './match-modules.ts'
import { type AppToMeasure, measureDefault, measurePlan } from './measure-plan.ts'
import type { ChunkPlan } from './plan.ts'
import { readOldPlan, readPlan } from './plan-file/plan-file.ts'
import type { LinkedModules } from './plan-file/linking/link-modules.ts'
import { placeModules } from './plan-file/placement/place-modules.ts'
import { storePlan } from './plan-file/store-plan.ts'
import { PLAN_VERSION, type RouteExpectation, type StoredPlan } from './plan-file/stored-plan.ts'
import { bundlersPlan, planMeasured } from './plan-measured.ts'
import { evaluatePlan } from './planner/evaluate-plan.ts'
import type { PlannedApp } from './planner/plan-chunks.ts'
import type { PlanSettings } from './planner/settings.ts'
import { planSettings, resolveChunksOptions, storedSettings, type ResolvedPlanOptions } from './resolve-options.ts'

/** The app to plan, and what to build it with. */
export interface PlanRequest {
  /** The app's own Vite. */
  readonly vite: typeof import('vite')
  /** What `vite build` would be given: root, config file, mode. */
  readonly config: InlineConfig
  /** Instead of those of `chunks()` in the config. */
  readonly options?: ResolvedPlanOptions
  /** Whether a plan file that no build could follow is to be replaced, and not an error. @default false */
  readonly replace?: boolean
}

/** What a build costs. */
export interface BuildFigures {
  /** JavaScript of every first load, brotli, of a build in memory. */
  readonly routes: readonly ({ readonly id: string } & RouteExpectation)[]
  /** The sum that plans minimise, as the planner estimates it. */
  readonly cost: number
}

/** A plan that was made, and what it is to be compared with. Nothing is written. */
export interface PlannedBuild {
  readonly graph: LiveGraph
  /** The bundler's own chunks, under numbers, where `stored.bundler` says that they are kept. */
  readonly plan: ChunkPlan
  /** For `writePlan(file, stored)`. */
  readonly stored: StoredPlan
  /** What the plan costs. */
  readonly figures: BuildFigures
  /** What Vite's default chunks do. */
  readonly before: BuildFigures
  /** The plan that was there, and what it costs today. */
  readonly previous?: { readonly stored: StoredPlan; readonly figures: BuildFigures }
  /** Limits that could not be kept, and why. Full sentences. */
  readonly remarks: readonly string[]
  /** What is wrong with the plan that is stored, where none could follow it. */
  readonly broken?: Error
  /** Absolute path of the plan file. */
  readonly file: string
  /** The Vite root. */
  readonly root: string
}

/**
 * Makes a plan for an app: one build in memory with a chunk per module, one in Vite's own chunks, then the planner, and a build that
 * shows that no first load got worse. Names of chunks are taken over from the plan that is there.
 *
 * @throws what the build throws; what {@link analyseLiveGraph}, the planner and reading the old plan throw
 */
export async function planApp({ vite, config, options, replace = false }: PlanRequest): Promise<PlannedBuild> {
  checkRolldown('rolldownVersion' in vite ? vite.rolldownVersion : undefined)
  const [analysis, history] = await Promise.all([
    analyseLiveGraph({ vite, config, weights: (app) => (options ?? optionsOf(app)).weights }),
    readHistory(resolve(config.root ?? '.')),
  ])
  const { graph, modules, config: resolved } = analysis
  const used = options ?? optionsOf(resolved)
  const { root } = resolved
  checkStyles(resolved.build)
  const file = resolve(root, used.plan)
  const found = await (replace ? readOldPlan : readPlan)(file)
  const [old, broken] = found instanceof Error ? [undefined, found] : [found]
  const previous = old && !old.bundler ? unfold(old, analysis) : undefined
  const mapped = findChunks(resolved.plugins)?.mapped ?? false
  const packages = new Set(graph.modules.flatMap((module) => module.package ?? []))
  const updates = history ? packageUpdates(history, packages) : (old?.updates ?? {})
  const settings: PlanSettings = {
    ...planSettings(used),
    mapped,
    updates: new Map(Object.entries(updates)),
    ...(previous ? { previous } : {}),
  }
  const app: AppToMeasure = { vite, config, graph, modules }
  const measure = (stored: StoredPlan): Promise<MeasuredBuild> =>
    measurePlan(app, { stored, file: used.plan, root, groupOf: groupMatcher(used.groups) }, { ...used, mapped })
  const store = ({ plan, figures }: PlannedApp): StoredPlan =>
    storeAsLinked(analysis, ({ modules, basisOf, noticed }, opened) =>
      storePlan(plan, graph, {
        app: appName(root),
        settings: storedSettings(used),
        figures,
        modules,
        basisOf,
        noticed,
        opened,
      }),
    )
  const usual = await measureDefault(app)
  const planned = await planMeasured({ graph, settings, usual, measure: (one) => measure(store(one)) })
  const costOf = (chunks: ChunkPlan): number => evaluatePlan(graph, chunks, settings).cost
  const routes = Object.fromEntries(planned.measured.routes.map(({ id, js }) => [id, js]))
  const made: StoredPlan = planned.bundler
    ? { version: PLAN_VERSION, app: appName(root), settings: storedSettings(used), bundler: true, routes, chunks: [] }
    : { ...store(planned), routes }
  const stored = Object.keys(updates).length > 0 ? { ...made, updates } : made
  const isSame = old !== undefined && JSON.stringify(old.chunks) === JSON.stringify(stored.chunks)
  const before = figuresOf(usual, costOf(bundlersPlan(usual)))
  return {
    graph,
    plan: planned.plan,
    stored,
    figures: figuresOf(planned.measured, planned.figures.cost),
    before,
    ...(old?.bundler ? { previous: { stored: old, figures: before } } : {}),
    ...(old && previous
      ? {
          previous: {
            stored: old,
            figures: figuresOf(isSame ? planned.measured : await measure(old), costOf(previous)),
          },
        }
      : {}),
    ...(broken === undefined ? {} : { broken }),
    remarks: planned.remarks,
    file,
    root,
  }
}

function figuresOf({ routes }: MeasuredBuild, cost: number): BuildFigures {
  return { routes: routes.map(({ id, js }) => ({ id, ...js })), cost }
}

/**
 * Builds look closer at modules of which a plan says something, which shows more of what they import, and so there may be more to say. The
 * plan is written again until it names all that it was written with.
 */
function storeAsLinked(
  analysis: Analysis,
  store: (linked: LinkedModules, opened: ReadonlySet<string>) => StoredPlan,
): StoredPlan {
  let opened: ReadonlySet<string> = new Set()
  for (;;) {
    const stored = store(analysis.linkedFor(opened), opened)
    const all = new Set([...opened, ...mentioning(stored)])
    if (all.size === opened.size) return stored
    opened = all
  }
}

function optionsOf({ plugins }: Analysis['config']): ResolvedPlanOptions {
  return findChunks(plugins)?.options ?? resolveChunksOptions({ strategy: 'planned' })
}

/** A stored plan with the modules of today in its chunks. */
function unfold(stored: StoredPlan, { graph, linkedFor }: Analysis): ChunkPlan {
  const { modules, basisOf } = linkedFor(mentioning(stored))
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
