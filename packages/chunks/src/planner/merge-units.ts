import type { LiveGraph } from '../live-graph.ts'
import { makeContext, type PoolChunk } from './chunk-pool.ts'
import { evaluatePartition } from './evaluate-plan.ts'
import { asGoodAs, type Limits, LimitWatch } from './limits.ts'
import { mergeChunks } from './merge-chunks.ts'
import { type JoinRules, MergeState, wasteBudget } from './merge-state.ts'
import { type Partition, partitionBy } from './partition.ts'
import type { Reach } from './reach.ts'
import { MAX_WASTE, type PlanSettings } from './settings.ts'
import type { Unit } from './units.ts'

export interface MergedUnits {
  readonly partition: Partition
  readonly remarks: readonly string[]
}

/**
 * Chunks from units: first what gains by itself, then what the limits ask for, the cheapest joins first. A scenario never gets more
 * bytes than with the default chunks, nor, unless file names have to be stable, more requests.
 */
export function mergeUnits(
  graph: LiveGraph,
  reach: Reach,
  settings: PlanSettings,
  groupOf: Int32Array,
  units: readonly Unit[],
  standard: Partition,
): MergedUnits {
  const context = makeContext(graph, reach, settings, groupOf)
  const good = asGoodAs(evaluatePartition(graph, reach, standard, settings))
  const limits: Limits = {
    bytes: good.bytes,
    requests: good.requests.map((requests) =>
      settings.stable ? settings.maxRouteRequests : Math.min(requests, settings.maxRouteRequests),
    ),
    initial: settings.maxInitialRequests,
  }
  const attempt = (share: number) => {
    const state = new MergeState(context, units)
    const rules: JoinRules = {
      across: share > 0,
      isolate: settings.stable || settings.returning > 0,
      waste: wasteBudget(context, share),
    }
    // Joins of equal reach cost nothing and leave fewer pairs to look at across.
    mergeChunks(state, { rules: { ...rules, across: false }, above: 0 })
    if (rules.across) mergeChunks(state, { rules, above: 0 })
    absorbSmall(state, rules, settings.minChunkSize)
    return { state, met: enforce(state, limits, rules) }
  }
  let best = attempt(MAX_WASTE)
  if (!best.met) best = attempt(0)
  const hard: Limits = {
    ...limits,
    bytes: limits.bytes.map(() => Infinity),
    requests: limits.requests.map(() => settings.maxRouteRequests),
  }
  const beyond: JoinRules = {
    across: true,
    isolate: false,
    waste: new Float64Array(graph.scenarios.length).fill(Infinity),
  }
  const within = best.met || enforceOnce(best.state, hard, beyond)
  return { partition: toPartition(best.state, reach, graph), remarks: within ? [] : remarksOn(best.state, settings) }
}

function enforce(state: MergeState, limits: Limits, rules: JoinRules): boolean {
  return enforceOnce(state, limits, rules) || enforceOnce(state, limits, { ...rules, isolate: false })
}

function enforceOnce(state: MergeState, limits: Limits, rules: JoinRules): boolean {
  const watch = new LimitWatch(state, limits)
  if (watch.met) return true
  mergeChunks(state, {
    rules,
    above: -Infinity,
    serves: (a, b) => watch.serves(a, b),
    done: () => watch.met,
    joined: (a, b, chunk) => watch.joined(a, b, chunk),
  })
  return watch.met
}

function absorbSmall(state: MergeState, rules: JoinRules, minimum: number): void {
  const isSmall = (chunk: PoolChunk) => chunk.content.bytes < minimum && !chunk.entry
  mergeChunks(state, { rules, above: -Infinity, serves: (a, b) => isSmall(a) || isSmall(b) })
}

function toPartition(state: MergeState, reach: Reach, graph: LiveGraph): Partition {
  const chunkOf = new Int32Array(reach.components.members.length)
  for (const chunk of state.alive())
    for (const component of (state.chunks[chunk] as PoolChunk).components) chunkOf[component] = chunk
  return partitionBy(graph.modules.length, (module) => chunkOf[reach.components.of[module] as number] as number)
}

function remarksOn(state: MergeState, { maxInitialRequests, maxRouteRequests }: PlanSettings): string[] {
  const { graph, reach } = state.context
  const figures = evaluatePartition(graph, reach, toPartition(state, reach, graph), state.context.settings)
  const over = figures.routes.filter(({ requests }) => requests > maxRouteRequests)
  const remarks = over.map(
    ({ id, requests }) =>
      `\`${id}\` needs ${requests} chunks, ${maxRouteRequests} are allowed: fewer would run a module before its import().`,
  )
  return remarks.length > 0
    ? remarks
    : [`A first load needs more than ${maxInitialRequests} chunks: groups leave no other way.`]
}
