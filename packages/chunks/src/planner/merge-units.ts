import type { PoolChunk, PoolContext } from './chunk-pool.ts'
import { evaluatePartition } from './evaluate-plan.ts'
import { type Limits, LimitWatch } from './limits.ts'
import { mergeChunks } from './merge-chunks.ts'
import { type JoinRules, MergeState, wasteBudget } from './merge-state.ts'
import { type Partition, partitionBy } from './partition.ts'
import { CHUNK_BYTES, MAX_WASTE, type PlanSettings, STABLE_BYTES } from './settings.ts'
import type { Unit } from './units.ts'

export interface MergedUnits {
  readonly partition: Partition
  readonly remarks: readonly string[]
}

/**
 * Chunks from units: first what gains by itself, then what the limits ask for, the cheapest joins first. A scenario never gets more
 * bytes than with the default chunks, nor more requests. With stable file names, which somebody asked for, it may be a little more.
 */
export function mergeUnits(context: PoolContext, units: readonly Unit[], standard: Partition): MergedUnits {
  const { settings } = context
  const limits = findLimits(context, standard)
  let { state, isGood } = attempt(context, units, limits, MAX_WASTE)
  if (!isGood) {
    const careful = attempt(context, units, limits, 0)
    if (careful.isGood) state = careful.state
  }
  const beyond: JoinRules = { across: true, isolate: false, waste: limits.allowance }
  const isWithin = enforce(state, limits.hard, beyond)
  return { partition: toPartition(state), remarks: isWithin ? [] : remarksOn(state, settings) }
}

interface AllLimits {
  /** What the default chunks keep to. */
  readonly good: Limits
  /** What the settings ask for. */
  readonly hard: Limits
  /** Scenario → bytes that it may load in vain for the settings' sake: what that saves in chunks, so that it is not worse than the default. */
  readonly allowance: Float64Array
}

function findLimits({ graph, reach, settings }: PoolContext, standard: Partition): AllLimits {
  const { stable, maxRouteRequests, maxInitialRequests } = settings
  const { routes } = evaluatePartition(graph, reach, standard, settings)
  return {
    good: {
      bytes: routes.map(({ bytes }) => (stable ? bytes * STABLE_BYTES : bytes)),
      requests: routes.map(({ requests }) => (stable ? Infinity : requests)),
      initial: Infinity,
    },
    hard: {
      bytes: routes.map(() => Infinity),
      requests: routes.map(() => maxRouteRequests),
      initial: maxInitialRequests,
    },
    allowance: Float64Array.from(routes, ({ bytes, bound }) =>
      Math.max(bound * MAX_WASTE, bytes - bound - CHUNK_BYTES * (maxRouteRequests - 1)),
    ),
  }
}

/** @param waste Share of its bytes that a scenario may load in vain. */
function attempt(
  context: PoolContext,
  units: readonly Unit[],
  { good, hard }: AllLimits,
  waste: number,
): { state: MergeState; isGood: boolean } {
  const { stable, returning, minChunkSize } = context.settings
  const state = new MergeState(context, units)
  const rules: JoinRules = { across: waste > 0, isolate: stable || returning > 0, waste: wasteBudget(context, waste) }
  // Joins of equal reach cost nothing and leave fewer pairs to look at across.
  mergeChunks(state, { rules: { ...rules, across: false }, above: 0 })
  if (rules.across) mergeChunks(state, { rules, above: 0 })
  const isSmall = (chunk: PoolChunk) => chunk.content.bytes < minChunkSize && !chunk.entry
  mergeChunks(state, { rules, above: -Infinity, serves: (a, b) => isSmall(a) || isSmall(b) })
  for (const limits of [good, hard]) {
    if (!enforce(state, limits, rules)) enforce(state, limits, { ...rules, isolate: false })
  }
  return { state, isGood: new LimitWatch(state, good).met }
}

/** Joins until nobody is over the limits. Whether that worked. */
function enforce(state: MergeState, limits: Limits, rules: JoinRules): boolean {
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

function toPartition(state: MergeState): Partition {
  const { reach, graph } = state.context
  const chunkOf = new Int32Array(reach.components.members.length)
  for (const chunk of state.alive())
    for (const component of (state.chunks[chunk] as PoolChunk).components) chunkOf[component] = chunk
  return partitionBy(graph.modules.length, (module) => chunkOf[reach.components.of[module] as number] as number)
}

function remarksOn(state: MergeState, { maxInitialRequests, maxRouteRequests }: PlanSettings): string[] {
  const { graph, reach } = state.context
  const figures = evaluatePartition(graph, reach, toPartition(state), state.context.settings)
  const over = figures.routes.filter(({ requests }) => requests > maxRouteRequests)
  const remarks = over.map(
    ({ id, requests }) =>
      `\`${id}\` needs ${requests} chunks, ${maxRouteRequests} are allowed: fewer would run a module before its import().`,
  )
  return remarks.length > 0
    ? remarks
    : [`A first load needs more than ${maxInitialRequests} chunks: groups leave no other way.`]
}
