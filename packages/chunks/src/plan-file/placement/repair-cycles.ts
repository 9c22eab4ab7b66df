import { findComponents } from '../../planner/components.ts'
import { chunkImports, type Layout, throughBarrels, walk } from './layout.ts'

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
  const { chunkOf, chunks, needs } = layout
  const own = [...chunkOf.keys()].filter((module) => chunkOf[module] === taker)
  const hidden = chunks[taker]?.hidden ?? new Set()
  const hiddenHere = [...hidden].filter((chunk) => cycle.has(chunk))
  const start = hiddenHere.length === 0 ? [] : throughBarrels(layout, own)
  const needed = walk(
    [...own, ...start.filter((module) => hiddenHere.includes(chunkOf[module] as number))],
    (module) => needs[module]?.filter((target) => cycle.has(chunkOf[target] as number)) ?? [],
  )
  for (const module of needed) chunkOf[module] = taker
  for (const chunk of hiddenHere) hidden.delete(chunk)
}
