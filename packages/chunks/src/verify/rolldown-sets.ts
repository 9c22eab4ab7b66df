import { type Bits, bitsKey, countBits, intersects, makeBits, sameBits, setBit } from '../planner/bits.ts'
import { hasCycle, partitionBy } from '../planner/partition.ts'
import type { Kinds } from './default-chunks.ts'
import type { OutputGraph } from './output-graph.ts'

/**
 * Kind → roots by which Rolldown 1.2.19 makes chunks. It leaves out roots before which a kind is loaded, one kind after the other, as
 * far as that closes no circle, and not where a page would have to hand on what others need. Then the only entry takes what it shares
 * with its pages. Where that is not clear, the kind stays apart.
 *
 * @param fetched kind → roots that need it and can be asked for while it is not loaded yet
 */
export function setsOfRolldown(graph: OutputGraph, kinds: Kinds, fetched: readonly Bits[]): readonly Bits[] {
  const entries = entryRoots(graph)
  const sets = [...kinds.needed]
  const tryToGive = (set: Bits, some: readonly number[]): void => {
    const before = some.map((kind) => sets[kind]!)
    for (const kind of some) sets[kind] = set
    const { chunkOf } = partitionBy(sets.length, (kind) => bitsKey(sets[kind]!))
    if (hasCycle(importsUnder(kinds, chunkOf))) for (const [at, kind] of some.entries()) sets[kind] = before[at]!
  }
  for (const [kind, set] of fetched.entries()) {
    if (sameBits(set, sets[kind]!) || (countBits(set) === 1 && !intersects(set, entries))) continue
    tryToGive(set, [kind])
  }
  if (countBits(entries) !== 1) return sets
  const holdsRoot = new Set(graph.roots.map(({ module }) => kinds.kindOf(module)))
  // What the entry imports statically as well is merged in ways of its own.
  const unclear = makeBits(graph.roots.length)
  for (const [index, { module, entry }] of graph.roots.entries()) {
    const kind = kinds.kindOf(module)
    if (!entry && kind !== undefined && intersects(kinds.needed[kind]!, entries)) setBit(unclear, index)
  }
  const shared = [...Map.groupBy(sets.keys(), (kind) => bitsKey(sets[kind]!)).values()].filter((some) =>
    some.every(
      (kind) => sameBits(fetched[kind]!, entries) && !holdsRoot.has(kind) && !intersects(sets[kind]!, unclear),
    ),
  )
  // What fewer roots need imports what more of them need.
  for (const some of shared.sort(([a], [b]) => countBits(sets[a!]!) - countBits(sets[b!]!))) tryToGive(entries, some)
  return sets
}

/** The roots that are entries. */
export function entryRoots({ roots }: OutputGraph): Bits {
  const entries = makeBits(roots.length)
  for (const [index, { entry }] of roots.entries()) if (entry) setBit(entries, index)
  return entries
}

/** Chunk → chunks it imports, when kinds are put together. */
export function importsUnder({ imports }: Kinds, chunkOf: Int32Array): number[][] {
  const found: Set<number>[] = []
  for (const [kind, targets] of imports.entries()) {
    const own = chunkOf[kind]!
    const known = (found[own] ??= new Set())
    for (const target of targets) if (chunkOf[target] !== own) known.add(chunkOf[target]!)
  }
  return found.map((targets) => [...targets])
}
