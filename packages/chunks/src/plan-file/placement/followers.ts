import {
  addBits,
  type Bits,
  countBits,
  eachBit,
  hasBit,
  intersects,
  isEmpty,
  isSubset,
  keepBits,
  makeBits,
  sameBits,
  setBit,
} from '../../planner/bits.ts'

/** Which roots come only after which. */
export interface Followers {
  /** Root → roots that are asked for only after it was loaded (what it dominates), itself among them. */
  readonly after: readonly Bits[]
  /** The roots that others follow. */
  readonly leading: Bits
  /** Root → the entries that lead to it. Enough when a module is in all of their closures, though no single one dominates. */
  readonly entriesOf: readonly Bits[]
  readonly entryRoots: Bits
}

/**
 * @param callers root → roots that can ask for it
 * @param entries how many of the roots are entries; they come first
 */
export function findFollowers(callers: readonly Bits[], entries: number): Followers {
  const size = callers.length
  const entryRoots = makeBits(size)
  for (let root = 0; root < entries; root++) setBit(entryRoots, root)
  const before = dominators(callers, entries)
  const after = callers.map(() => makeBits(size))
  const leading = makeBits(size)
  for (const [root, set] of before.entries()) {
    for (const earlier of eachBit(set)) {
      setBit(after[earlier] as Bits, root)
      if (earlier !== root) setBit(leading, earlier)
    }
  }
  return { after, leading, entriesOf: entriesLeadingTo(callers, entries), entryRoots }
}

/** Root → the roots that every way to it passes through, itself among them: the greatest fixed point. Empty when none leads there. */
function dominators(callers: readonly Bits[], entries: number): Bits[] {
  const size = callers.length
  const sets = callers.map((_callers, root) => {
    if (root >= entries) return makeBits(size).fill(0xff_ff_ff_ff)
    const only = makeBits(size)
    setBit(only, root)
    return only
  })
  for (let changed = true; changed;) {
    changed = false
    for (let root = entries; root < size; root++) {
      const next = makeBits(size).fill(0xff_ff_ff_ff)
      for (const caller of eachBit(callers[root] as Bits)) {
        keepBits(next, sets[caller] as Bits)
      }
      setBit(next, root)
      if (sameBits(next, sets[root] as Bits)) continue
      sets[root] = next
      changed = true
    }
  }
  const led = entriesLeadingTo(callers, entries)
  return sets.map((set, root) => (isEmpty(led[root] as Bits) ? makeBits(size) : set))
}

function entriesLeadingTo(callers: readonly Bits[], entries: number): Bits[] {
  const sets = callers.map((_callers, root) => {
    const set = makeBits(callers.length)
    if (root < entries) setBit(set, root)
    return set
  })
  for (let changed = true; changed;) {
    changed = false
    for (const [root, calledBy] of callers.entries()) {
      const set = sets[root] as Bits
      for (const caller of eachBit(calledBy)) {
        if (isSubset(sets[caller] as Bits, set)) continue
        addBits(set, sets[caller] as Bits)
        changed = true
      }
    }
  }
  return sets
}

/** A set of roots that have a module, and all who come only after one of them. */
export function withFollowers(set: Bits, { after, leading, entriesOf, entryRoots }: Followers): Bits {
  const all = set.slice()
  if (intersects(set, leading)) {
    for (const root of eachBit(set)) if (hasBit(leading, root)) addBits(all, after[root] as Bits)
  }
  if (countShared(set, entryRoots) < 2) return all
  for (const [root, needed] of entriesOf.entries()) {
    if (!isEmpty(needed) && isSubset(needed, set)) setBit(all, root)
  }
  return all
}

function countShared(a: Bits, b: Bits): number {
  const both = a.slice()
  keepBits(both, b)
  return countBits(both)
}
