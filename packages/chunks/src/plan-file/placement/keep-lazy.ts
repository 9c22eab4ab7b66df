import type { Bits } from '../../planner/bits.ts'
import { byReach, divideChunk, moveOut } from './divide-chunk.ts'
import { type Layout, modulesByChunk } from './layout.ts'
import { eagerChunks, findLoads, type Loads } from './loads.ts'
import { repairCycles } from './repair-cycles.ts'

/** Rounds in which modules that move may join another chunk; after that they get their own, which must come to an end. */
const JOINING_ROUNDS = 8
/** Rounds after which every chunk is divided by who needs its modules, at once. */
const MAX_ROUNDS = 40

/**
 * Moves modules until no chunk brings along what its loaders must not run yet, and no chunks import each other in a circle. A
 * module that became needed by more leaves with what it needs, one that became lazy leaves those who stay; the smaller part moves.
 */
export function keepLazy(layout: Layout): void {
  for (let round = 0; ; round++) {
    repairCycles(layout)
    const found = findLoads(layout)
    const wrong = eagerChunks(found)
    if (wrong.size === 0) return
    if (round === MAX_ROUNDS) {
      divideAll(layout)
      return
    }
    for (const chunk of firstOf(found, wrong))
      divideChunk(layout, found, { chunk, extra: wrong.get(chunk) as Bits }, round < JOINING_ROUNDS)
  }
}

/** Those that no other of them leads to: what is wrong further down may come from there. */
function firstOf({ imports, components }: Loads, chunks: ReadonlyMap<number, Bits>): number[] {
  const below = new Set<number>()
  const first: number[] = []
  for (const [chunk] of components.members.toReversed() as [number][]) {
    const isBelow = below.has(chunk)
    if (chunks.has(chunk) && !isBelow) first.push(chunk)
    if (chunks.has(chunk) || isBelow) for (const target of imports[chunk] as readonly number[]) below.add(target)
  }
  return first
}

/**
 * The way that cannot fail: in a chunk whose modules all have the same reach nothing is eager, and imports lead from smaller sets to
 * bigger ones, so that cycles are only between chunks of one set and their repair does not mix sets.
 */
function divideAll(layout: Layout): void {
  for (const members of modulesByChunk(layout)) {
    const [, ...leaving] = byReach(layout.graph.reach, members)
    for (const part of leaving) moveOut(layout, part)
  }
  for (const { hidden } of layout.chunks) hidden.clear()
  repairCycles(layout)
}
