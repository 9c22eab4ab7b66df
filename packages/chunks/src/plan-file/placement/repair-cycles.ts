import { findComponents } from '../../planner/components.ts'
import { chunkImports, type Layout } from './layout.ts'

/**
 * Makes the imports between chunks free of cycles. Of each cycle the chunk that the plan loads first takes over what it needs from the
 * others, however indirectly: whoever loads it loads that too already, so nobody gets more than before. After that it imports
 * none of them, and the rest of the cycle is one chunk shorter.
 */
export function repairCycles(layout: Layout): void {
  for (;;) {
    const cycles = findComponents(chunkImports(layout)).members.filter((chunks) => chunks.length > 1)
    if (cycles.length === 0) return
    for (const cycle of cycles) takeOver(layout, Math.min(...cycle), new Set(cycle))
  }
}

function takeOver(layout: Layout, taker: number, cycle: ReadonlySet<number>): void {
  const { chunkOf, chunks, needs, graph } = layout
  const own = [...chunkOf.keys()].filter((module) => chunkOf[module] === taker)
  const hidden = chunks[taker]?.hidden ?? new Set()
  const proven = [...hidden].filter((chunk) => cycle.has(chunk))
  const start = proven.length === 0 ? [] : walk(own, (module) => graph.imports[module] as readonly number[])
  const needed = walk(
    [...own, ...start.filter((module) => proven.includes(chunkOf[module] as number))],
    (module) => needs[module]?.filter((target) => cycle.has(chunkOf[target] as number)) ?? [],
  )
  for (const module of needed) chunkOf[module] = taker
  for (const chunk of proven) hidden.delete(chunk)
}

/** All that can be reached, the beginning included. */
function walk(start: readonly number[], next: (module: number) => readonly number[]): number[] {
  const seen = new Set(start)
  for (const module of seen) for (const target of next(module)) seen.add(target)
  return [...seen]
}
