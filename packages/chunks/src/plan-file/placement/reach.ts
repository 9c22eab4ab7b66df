import {
  addBits,
  type Bits,
  bitsKey,
  eachBit,
  isEmpty,
  keepBits,
  makeBits,
  sameBits,
  setBit,
  unionOf,
} from '../../planner/bits.ts'
import { findComponents } from '../../planner/components.ts'

/** The part of a graph that reach follows from. */
interface ReachInput {
  readonly imports: readonly (readonly number[])[]
  readonly dynamicImports: readonly (readonly number[])[]
  /** The entries first. */
  readonly roots: readonly number[]
  /** How many of the roots are entries. */
  readonly entries: number
  /** Whether somebody will ask for the reach of a module: most of a big app's are removed. */
  readonly isPlaced: (module: number) => boolean
}

/** What `BundledGraph` says about its fields of the same names. */
interface ReachResult {
  readonly reach: readonly Bits[]
  readonly entryRoots: Bits
  readonly topDown: readonly number[]
  readonly isReached: (module: number) => boolean
}

/**
 * Who has a module when it runs. Sets of roots are handed down the static imports, once around; then every root is added that
 * cannot be asked for before the module was loaded, because everybody who asks for it has it.
 */
export function findReach({ imports, dynamicImports, roots, entries, isPlaced }: ReachInput): ReachResult {
  const components = findComponents(imports)
  const sets = components.members.map(() => makeBits(roots.length))
  for (const [root, module] of roots.entries()) setBit(sets[components.of[module] as number] as Bits, root)
  for (let component = sets.length - 1; component >= 0; component--) {
    for (const target of components.imports[component] as readonly number[]) {
      addBits(sets[target] as Bits, sets[component] as Bits)
    }
  }
  const statically = imports.map((_targets, module) => sets[components.of[module] as number] as Bits)
  const entryRoots = makeBits(roots.length)
  for (let root = 0; root < entries; root++) setBit(entryRoots, root)
  // There are far fewer different sets than modules.
  const kinds = new Map<string, number>()
  const different: Bits[] = []
  const kindOf = statically.map((set, module) => {
    if (!isPlaced(module)) return -1
    const key = bitsKey(set)
    const kind = kinds.get(key) ?? different.push(set) - 1
    kinds.set(key, kind)
    return kind
  })
  const reach = different.map((set) => (isEmpty(set) ? set.slice().fill(0xff_ff_ff_ff) : set.slice()))
  for (const [root, kindsBefore] of loadedBefore(
    different,
    callersOf(dynamicImports, roots, statically),
    entries,
  ).entries()) {
    for (const kind of eachBit(kindsBefore)) setBit(reach[kind] as Bits, root)
  }
  const nowhere = makeBits(roots.length)
  return {
    reach: kindOf.map((kind) => reach[kind] ?? nowhere),
    entryRoots,
    isReached: (module) => !isEmpty(statically[module] as Bits),
    topDown: components.members.toReversed().flat(),
  }
}

/** Root → roots whose static closure holds an `import()` of it. */
function callersOf(
  dynamicImports: readonly (readonly number[])[],
  roots: readonly number[],
  statically: readonly Bits[],
): Bits[] {
  const rootOf = new Map(roots.map((module, root) => [module, root]))
  const callers = roots.map(() => makeBits(roots.length))
  for (const [module, targets] of dynamicImports.entries()) {
    for (const target of targets) addBits(callers[rootOf.get(target) as number] as Bits, statically[module] as Bits)
  }
  return callers
}

/**
 * Per root the kinds of modules that are certainly loaded before anybody asks for it: what all of its callers load or have had loaded
 * before. The greatest fixed point; a root that no entry leads to is never asked for, and has everything.
 */
function loadedBefore(kinds: readonly Bits[], callers: readonly Bits[], entries: number): Bits[] {
  const closures = callers.map(() => makeBits(kinds.length))
  for (const [kind, set] of kinds.entries()) for (const root of eachBit(set)) setBit(closures[root] as Bits, kind)
  const everything = makeBits(kinds.length)
  for (let kind = 0; kind < kinds.length; kind++) setBit(everything, kind)
  const before = callers.map((_callers, root) => (root < entries ? makeBits(kinds.length) : everything))
  const after = closures.map((closure, root) => unionOf(closure, before[root] as Bits))
  for (let changed = true; changed;) {
    changed = false
    for (let root = entries; root < callers.length; root++) {
      const common = everything.slice()
      for (const caller of eachBit(callers[root] as Bits)) keepBits(common, after[caller] as Bits)
      if (sameBits(common, before[root] as Bits)) continue
      before[root] = common
      after[root] = unionOf(closures[root] as Bits, common)
      changed = true
    }
  }
  return before
}
