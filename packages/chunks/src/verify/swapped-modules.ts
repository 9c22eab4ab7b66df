import type { DefaultOrder } from './default-order.ts'

/** What a pair of modules has to break before anybody is told: the order of the source, and what is promised without options. */
export interface ExpectedOrder extends DefaultOrder {
  /** Module → when it runs in the source. */
  readonly ranks: ReadonlyMap<number, number>
}

/**
 * For every module that runs too early one that has to run before it and runs after it: [the one, the early module]. From
 * the end of the run, of each chunk those are kept that nothing else undercuts in both orders: few, whatever the
 * number of modules.
 */
export function swappedModules(runs: readonly number[], order: ExpectedOrder): [number, number][] {
  const { ranks, place, chunkOf, isAfter } = order
  const later = new Map<number, number[]>()
  const rank = (module: number): number => ranks.get(module)!
  const isBefore = (a: number, b: number): boolean => rank(a) < rank(b) && place.get(a)! < place.get(b)!
  const pairs: [number, number][] = []
  for (const module of runs.toReversed()) {
    const chunk = chunkOf.get(module)!
    let first: number | undefined
    for (const [other, modules] of later) {
      if (other !== chunk && !isAfter(chunk, other)) continue
      first = modules.find((candidate) => isBefore(candidate, module))
      if (first !== undefined) break
    }
    if (first !== undefined) pairs.push([first, module])
    const known = later.get(chunk) ?? []
    if (!known.some((other) => isBefore(other, module))) {
      later.set(chunk, [module, ...known.filter((other) => !isBefore(module, other))])
    }
  }
  return pairs.toReversed()
}

/** Every module of a pair that is swapped, in the order in which they run. */
export function movedModules(runs: readonly number[], order: ExpectedOrder): number[] {
  const early = swappedModules(runs, order)
  if (early.length === 0) return []
  // Seen from the end, the modules that run too late are the early ones.
  const late = swappedModules(runs.toReversed(), {
    ranks: negated(order.ranks),
    place: negated(order.place),
    chunkOf: order.chunkOf,
    isAfter: (chunk, other) => order.isAfter(other, chunk),
  })
  const moved = new Set([...early, ...late].map(([, module]) => module))
  return runs.filter((module) => moved.has(module))
}

function negated(numbers: ReadonlyMap<number, number>): Map<number, number> {
  return new Map([...numbers].map(([module, number]) => [module, -number]))
}
