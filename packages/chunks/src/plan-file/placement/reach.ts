import { addBits, type Bits, bitsKey, hasBit, isEmpty, makeBits, setBit } from '../../planner/bits.ts'
import { findComponents } from '../../planner/components.ts'
import { certainlyLoaded } from '../../planner/loaded-before.ts'
import type { BundledModule } from './bundled-graph.ts'

/** The part of a graph that reach follows from. */
interface ReachInput {
  readonly modules: readonly Pick<BundledModule, 'removed' | 'awaits'>[]
  readonly imports: readonly (readonly number[])[]
  readonly dynamicImports: readonly (readonly number[])[]
  /** The entries first. */
  readonly roots: readonly number[]
  /** How many of the roots are entries. */
  readonly entries: number
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
export function findReach({ modules, imports, dynamicImports, roots, entries }: ReachInput): ReachResult {
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
    // Nobody asks where removed modules are needed, which most of a big app's are.
    if (modules[module]?.removed === true) return -1
    const key = bitsKey(set)
    const kind = kinds.get(key) ?? different.push(set) - 1
    kinds.set(key, kind)
    return kind
  })
  const reach = different.map((set) => (isEmpty(set) ? set.slice().fill(0xff_ff_ff_ff) : set.slice()))
  const asking = modules.map(({ removed, awaits = false }, module) => ({
    dynamicImports: dynamicImports[module] as readonly number[],
    awaits: awaits && removed !== true,
  }))
  const before = certainlyLoaded({
    graph: { modules: asking },
    components: { of: kindOf, members: different },
    roots,
    entryRoots,
    full: different,
  })
  for (const [root, loaded] of before.entries()) {
    // What nobody ever asks for has everything.
    for (const [kind, set] of reach.entries()) if (!loaded || hasBit(loaded, kind)) setBit(set, root)
  }
  const nowhere = makeBits(roots.length)
  return {
    reach: kindOf.map((kind) => reach[kind] ?? nowhere),
    entryRoots,
    isReached: (module) => !isEmpty(statically[module] as Bits),
    topDown: components.members.toReversed().flat(),
  }
}
