import { addBits, type Bits, bitsKey, isEmpty, makeBits, setBit } from '../../planner/bits.ts'
import { findComponents } from '../../planner/components.ts'
import { findFollowers, withFollowers } from './followers.ts'

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
 * cannot be asked for before somebody has loaded the module: everybody on the way to it does.
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
  const followers = findFollowers(callersOf(dynamicImports, roots, statically), entries)
  const everybody = makeBits(roots.length).fill(0xff_ff_ff_ff)
  // There are far fewer different sets than modules.
  const known = new Map<string, Bits>()
  const reachOf = (set: Bits): Bits => {
    const key = bitsKey(set)
    const reach = known.get(key) ?? (isEmpty(set) ? everybody : withFollowers(set, followers))
    known.set(key, reach)
    return reach
  }
  return {
    reach: statically.map((set, module) => (isPlaced(module) ? reachOf(set) : everybody)),
    entryRoots,
    isReached: (module) => !isEmpty(sets[components.of[module] as number] as Bits),
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
