import { type Bits, countBits, eachBit, isEmpty } from './bits.ts'
import type { PoolChunk, PoolContext } from './chunk-pool.ts'
import { evaluatePartition } from './evaluate-plan.ts'
import { type AllLimits, findLimits } from './find-limits.ts'
import { limitRemarks, sizeRemarks } from './limit-remarks.ts'
import { type Limits, LimitWatch } from './limits.ts'
import { mergeChunks } from './merge-chunks.ts'
import { type JoinRules, MergeState } from './merge-state.ts'
import { type Partition, partitionBy } from './partition.ts'
import { LIMIT_BYTES, ROOM_BYTES } from './settings.ts'
import type { Unit } from './units.ts'

/** Attempts in which ever more scenarios are kept strictly to the default's bytes. */
const ROUNDS = 4

/** Above this number of units one attempt has to do. */
const FEW_UNITS = 600

export interface MergedUnits {
  readonly partition: Partition
  readonly remarks: readonly string[]
}

/**
 * Chunks from units: first what gains by itself, then what the limits ask for, the cheapest joins first. A scenario never gets more
 * bytes than with the default chunks, nor more requests. With stable file names, which somebody asked for, it may be a little more.
 */
export function mergeUnits(context: PoolContext, units: readonly Unit[], standard: Partition): MergedUnits {
  const limits = findLimits(context, standard)
  const { bytes } = limits.good
  let best = attempt(context, units, limits, bytes)
  // Two joins may be good together of which each makes somebody worse off. So try with some room, and take it from whom it did no good.
  const ceiling = bytes.map((most) => most + ROOM_BYTES)
  for (let round = 0; round < ROUNDS && units.length <= FEW_UNITS; round++) {
    const other = attempt(context, units, limits, ceiling)
    if (isBetter(other, best)) best = other
    if (isEmpty(other.worse)) break
    for (const scenario of eachBit(other.worse)) ceiling[scenario] = bytes[scenario] as number
  }
  const { state } = best
  const beyond: JoinRules = { across: true, isolate: false, waste: limits.allowance, ceiling: limits.hard.bytes }
  const open: Limits = { ...limits.hard, ceiling: bytes.map((most) => most * LIMIT_BYTES) }
  const isWithin = enforce(state, limits.hard, beyond) || enforce(state, open, beyond)
  const beyondLimits = isWithin ? [] : limitRemarks(state, limits.hard)
  return { partition: toPartition(state), remarks: [...beyondLimits, ...sizeRemarks(state)] }
}

interface Attempt {
  readonly state: MergeState
  /** Scenarios that are worse off than with the default chunks. */
  readonly worse: Bits
}

function isBetter(a: Attempt, b: Attempt): boolean {
  const difference = countBits(a.worse) - countBits(b.worse)
  return difference === 0 ? costOf(a) < costOf(b) : difference < 0
}

/** With what a changed name changes, which joins do not reckon with. */
function costOf({ state }: Attempt): number {
  const { graph, reach, settings } = state.context
  return evaluatePartition(graph, reach, toPartition(state), settings).cost
}

/** @param ceiling Scenario → bytes that it must be able to get down to. */
function attempt(
  context: PoolContext,
  units: readonly Unit[],
  { good, hard, affordable }: AllLimits,
  ceiling: readonly number[],
): Attempt {
  const { stable, returning, minChunkSize } = context.settings
  const state = new MergeState(context, units)
  const rules: JoinRules = { across: true, isolate: stable || returning > 0, waste: affordable, ceiling }
  // Joins of equal reach cost nothing and leave fewer pairs to look at across.
  mergeChunks(state, { rules: { ...rules, across: false }, above: 0 })
  // One join may leave room for another that was refused before.
  while (mergeChunks(state, { rules, above: 0 }) > 0);
  const isSmall = (chunk: PoolChunk) => chunk.content.bytes < minChunkSize && !chunk.entry
  mergeChunks(state, { rules, above: -Infinity, serves: (a, b) => isSmall(a) || isSmall(b) })
  for (const limits of [good, hard]) {
    if (!enforce(state, limits, rules)) enforce(state, limits, { ...rules, isolate: false })
  }
  return { state, worse: new LimitWatch(state, good).scenarios }
}

/** Joins until nobody is over the limits. Whether that worked. */
function enforce(state: MergeState, limits: Limits, rules: JoinRules): boolean {
  const watch = new LimitWatch(state, limits)
  if (watch.met) return true
  mergeChunks(state, {
    rules,
    above: -Infinity,
    concerns: (chunk) => watch.concerns(chunk),
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
