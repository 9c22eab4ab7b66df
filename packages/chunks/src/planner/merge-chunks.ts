import { isSubset } from './bits.ts'
import { gainOf, type PoolChunk } from './chunk-pool.ts'
import { CandidateHeap } from './heap.ts'
import type { JoinRules, MergeState } from './merge-state.ts'
import { overheadOf } from './overhead.ts'
import { REQUEST_BYTES } from './settings.ts'

/** Which joins to consider. */
export interface MergeGoal {
  readonly rules: JoinRules
  /** Joins that gain no more than this are left. */
  readonly above: number
  /** Whether joining it with any other can serve the purpose. */
  readonly concerns?: (chunk: PoolChunk) => boolean
  /** Whether joining the two serves the purpose; asked again before the join is made. */
  readonly serves?: (a: PoolChunk, b: PoolChunk) => boolean
  /** Stops as soon as it says so. */
  readonly done?: () => boolean
  /** Told of every join. */
  readonly joined?: (a: PoolChunk, b: PoolChunk, chunk: PoolChunk) => void
}

/**
 * Joins the pair that gains most until none is left. A gain changes only when one of the two does, and a changed chunk gets a
 * new number, so entries of the heap are right or dead. What is forbidden (a cycle, a module that would run early) is
 * asked when a pair comes up, since it hangs on all other chunks.
 *
 * @returns The number of joins.
 */
export function mergeChunks(state: MergeState, goal: MergeGoal): number {
  let joins = 0
  const heap = new CandidateHeap()
  const consider = makeConsider(state, goal, heap)
  const mates = matesOf(state, goal)
  for (const group of mates.groups()) {
    for (const [index, a] of group.entries()) {
      for (let next = index + 1; next < group.length; next++) consider(a, group[next] as number)
    }
  }
  for (let top = heap.pop(); top !== undefined; top = heap.pop()) {
    if (goal.done?.() === true) break
    const { a, b } = top
    const first = state.chunks[a]
    const second = state.chunks[b]
    if (first === undefined || second === undefined) continue
    if (goal.serves?.(first, second) === false || !state.canJoin(a, b, goal.rules)) continue
    const number = state.join(a, b)
    const joined = state.chunks[number] as PoolChunk
    joins++
    goal.joined?.(first, second, joined)
    for (const other of mates.replace(a, b, number)) consider(other, number)
  }
  return joins
}

/** The chunks that may be looked at together: all, or those of equal reach. */
function matesOf(state: MergeState, { rules: { across }, concerns }: MergeGoal) {
  const groups = new Map<number, number[]>()
  const groupOf = (chunk: number) => (across ? 0 : (state.chunks[chunk] as PoolChunk).reachKey)
  for (const chunk of state.alive()) {
    const content = state.chunks[chunk] as PoolChunk
    if (content.fixed || concerns?.(content) === false) continue
    const group = groups.get(groupOf(chunk)) ?? []
    groups.set(groupOf(chunk), group)
    group.push(chunk)
  }
  return {
    groups: () => [...groups.values()],
    /** Takes two out and the new one in; the others of its group. */
    replace(a: number, b: number, joined: number): readonly number[] {
      const others = (groups.get(groupOf(joined)) as number[]).filter((chunk) => chunk !== a && chunk !== b)
      groups.set(groupOf(joined), [...others, joined])
      return others
    },
  }
}

function makeConsider(state: MergeState, goal: MergeGoal, heap: CandidateHeap): (a: number, b: number) => void {
  const { context } = state
  const { across } = goal.rules
  return (a, b) => {
    const first = state.chunks[a] as PoolChunk
    const second = state.chunks[b] as PoolChunk
    if (first.reachKey !== second.reachKey) {
      if (!across || first.entry || second.entry) return
      if (mostGain(context.settings.returning, first, second) <= goal.above) return
      if (!isSubset(first.roots, second.allowed) || !isSubset(second.roots, first.allowed)) return
    }
    if (goal.serves?.(first, second) === false) return
    const gain = gainOf(context, first, second)
    if (gain <= goal.above) return
    const low = Math.min(first.first, second.first)
    const tie = low * context.graph.modules.length + Math.max(first.first, second.first)
    heap.push({ a, b, gain, tie })
  }
}

/** What joining the two gains at most: the fixed costs of one chunk for all of the rarer one's visits, less its bytes for the others'. */
function mostGain(returning: number, a: PoolChunk, b: PoolChunk): number {
  const [rare, common] = a.weight < b.weight ? [a, b] : [b, a]
  const inVain = rare.content.bytes * (common.weight - rare.weight)
  return (1 - returning) * ((overheadOf(rare.content.bytes) + REQUEST_BYTES) * rare.weight - inVain)
}
