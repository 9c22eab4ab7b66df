import type { LiveGraph } from './live-graph.ts'
import type { MeasuredBuild, MeasuredRoute } from './measure-build.ts'
import { helperRemarks, ignoredLimits, keptRemark } from './measured-remarks.ts'
import type { ChunkPlan } from './plan.ts'
import { evaluatePlan } from './planner/evaluate-plan.ts'
import { planChunks, planDefault, type PlannedApp } from './planner/plan-chunks.ts'
import { type Ceiling, type PlanSettings, STABLE_BYTES } from './planner/settings.ts'

/**
 * How far below the default's bytes plans aim, by the planner's estimate, which is about one percent off. Who asks for stable names wants
 * more of what is left.
 */
const MARGIN = { plain: 0.018, stable: 0.003 } as const

/** Plans that are made before the default's chunks are taken. */
const ROUNDS = 3

/** Beyond what a route was too much. */
const SLACK_BYTES = 50

/** A plan, and what a build that follows it was measured to have. */
export interface MeasuredApp extends PlannedApp {
  readonly measured: MeasuredBuild
  /** Whether the bundler's own chunks are kept, because every plan would have made a first load worse. */
  readonly bundler: boolean
}

/** A plan that was built. */
interface Attempt {
  readonly app: MeasuredApp
  /** First loads that are worse than they should be, and among them those that are worse than in the bundler's chunks. */
  readonly worse: number
  readonly losing: number
  /** By route, what it has beyond what it may have. */
  readonly excess: readonly Ceiling[]
  /** By route, its requests beyond the limit for files that are in no plan. */
  readonly beyond: readonly number[]
}

export interface MeasureRequest {
  readonly graph: LiveGraph
  readonly settings: PlanSettings
  /** The app in the chunks that the bundler makes by itself. */
  readonly usual: MeasuredBuild
  /** Builds what follows a plan. */
  readonly measure: (planned: PlannedApp) => Promise<MeasuredBuild>
}

/**
 * Plans and builds until no first load has more bytes or requests than in the bundler's own chunks. Those are worse than the planner
 * can know (Rolldown makes more of them than it must), which leaves room for what returning visitors gain from. Where no plan is found
 * that makes nothing worse, and nobody asked for more than fast first loads, the bundler's chunks are kept.
 */
export async function planMeasured({ graph, settings, usual, measure }: MeasureRequest): Promise<MeasuredApp> {
  const { strategy, stable, groups } = settings
  if (strategy === 'vendor') {
    const planned = planChunks(graph, settings)
    return { ...planned, measured: await measure(planned), bundler: false }
  }
  // With stable names or groups, which somebody asked for, the default's chunks are no answer.
  const isPlain = !stable && groups.length === 0
  const estimated = evaluatePlan(graph, bundlersPlan(usual), settings)
  const known = planDefault(graph, settings)
  let reserved = Math.max(0, ...usual.routes.map(({ helpers }) => helpers))
  const margin = stable ? MARGIN.stable : MARGIN.plain
  const limits = usual.routes.map((route, index): Ceiling => {
    const ratio = (known.figures.routes[index]?.bytes ?? 0) / (estimated.routes[index]?.bytes ?? 1)
    const { bytes, requests } = total(route)
    return stable ? { bytes: bytes * Math.max(1, ratio * STABLE_BYTES), requests: Infinity } : { bytes, requests }
  })
  let ceilings = estimated.routes.map(({ bytes, requests }): Ceiling => ({ bytes: bytes * (1 - margin), requests }))
  let best: Attempt | undefined
  const built = new Set<string>()
  for (let round = 0, ended = false; !ended; round++) {
    let planned = planChunks(graph, { ...settings, reserved, ceilings: byRoute(graph, ceilings) })
    ended = round === ROUNDS || built.has(textOf(planned))
    if (ended && isPlain) planned = known
    if (built.has(textOf(planned))) break
    built.add(textOf(planned))
    const measured = await measure(planned)
    const excess = measured.routes.map((route, index) => excessOf(total(route), limits[index] as Ceiling))
    const beyond = measured.routes.map((route, index) =>
      beyondLimit(route, planned.figures.routes[index] as Ceiling, reserved, settings.maxRouteRequests),
    )
    const losing = excess.filter(isMore).length
    const worse = excess.filter((more, index) => isMore(more) || (beyond[index] as number) > 0).length
    const attempt: Attempt = { app: { ...planned, measured, bundler: false }, worse, losing, excess, beyond }
    if (best === undefined || isBetter(attempt, best, isPlain)) best = attempt
    if (worse === 0) break
    reserved += Math.max(0, ...beyond)
    ceilings = ceilings.map((ceiling, index) =>
      lowered(ceiling, planned.figures.routes[index] as Ceiling, excess[index] as Ceiling),
    )
  }
  const { app, losing, excess, beyond } = best as Attempt
  if (!isPlain || losing === 0) {
    const { routes } = app.measured
    const isUsual = app.plan === known.plan
    const added = isUsual ? ignoredLimits(graph, routes, settings) : helperRemarks(routes, beyond, settings)
    return { ...app, remarks: [...app.remarks, ...added] }
  }
  const remarks = [keptRemark(usual.routes, excess), ...ignoredLimits(graph, usual.routes, settings)]
  return { plan: bundlersPlan(usual), figures: estimated, remarks, measured: usual, bundler: true }
}

function isBetter(one: Attempt, other: Attempt, isPlain: boolean): boolean {
  if (isPlain && one.losing !== other.losing) return one.losing < other.losing
  if (one.worse !== other.worse) return one.worse < other.worse
  return isPlain && excessBytes(one) < excessBytes(other)
}

function excessBytes({ excess }: Attempt): number {
  return excess.reduce((sum, { bytes }) => sum + bytes, 0)
}

function textOf({ plan }: PlannedApp): string {
  return JSON.stringify(plan.chunks.map(({ modules }) => modules))
}

/** The chunks of a build as a plan, to be evaluated. */
export function bundlersPlan({ chunks }: MeasuredBuild): ChunkPlan {
  return { chunks: chunks.map((modules, index) => ({ name: `${index}`, modules, kind: 'planned', imports: [] })) }
}

/** Requests beyond the limit that a plan did not know of. */
function beyondLimit({ js }: MeasuredRoute, planned: Ceiling, reserved: number, limit: number): number {
  return planned.requests + reserved > limit ? 0 : Math.max(0, js.requests - limit)
}

/** Of scripts and stylesheets. */
function total({ js, css }: MeasuredRoute): Ceiling {
  return { bytes: js.bytes + css.bytes, requests: js.requests + css.requests }
}

function excessOf(load: Ceiling, limit: Ceiling): Ceiling {
  return {
    bytes: Math.max(0, load.bytes - limit.bytes),
    requests: Math.max(0, load.requests - limit.requests),
  }
}

function isMore({ bytes, requests }: Ceiling): boolean {
  return bytes > 0 || requests > 0
}

/** What a plan may cost a route whose plan was too much by so much. */
function lowered(ceiling: Ceiling, planned: Ceiling, excess: Ceiling): Ceiling {
  return {
    bytes: excess.bytes > 0 ? Math.min(ceiling.bytes, planned.bytes) - excess.bytes - SLACK_BYTES : ceiling.bytes,
    requests: excess.requests > 0 ? Math.min(ceiling.requests, planned.requests) - excess.requests : ceiling.requests,
  }
}

function byRoute({ scenarios }: LiveGraph, ceilings: readonly Ceiling[]): Map<string, Ceiling> {
  return new Map(scenarios.map(({ id }, index) => [id, ceilings[index] as Ceiling]))
}
