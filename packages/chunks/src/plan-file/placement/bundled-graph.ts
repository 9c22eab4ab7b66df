import { type Bits, makeBits } from '../../planner/bits.ts'
import { findReach } from './reach.ts'

/** A module as the hooks of a bundler know it after tree shaking, before anything is written. */
export interface BundledModule {
  /** The bundler's. */
  readonly id: string
  /** What a plan calls it, see `LiveModule.key`. */
  readonly key: string
  /** Ids of the modules that its source names in static imports and re-exports, used or not. */
  readonly imports: readonly string[]
  /** Ids of the modules that its source loads with `import()`. */
  readonly dynamicImports: readonly string[]
  /** Whether the build begins here: an HTML page or an input. */
  readonly entry: boolean
  /**
   * Whether tree shaking took out the module as a whole, as it does with barrels. It gets no place, but it must be here: without it,
   * what it leads to would seem to be needed by nobody.
   */
  readonly removed?: boolean | undefined
  /** Whether it has a top-level `await` that an `import()` may be waited for with. */
  readonly awaits?: boolean | undefined
}

/** The modules of one build by number, the same on every machine: sorted by key. */
export interface BundledGraph {
  readonly modules: readonly BundledModule[]
  readonly imports: readonly (readonly number[])[]
  readonly importers: readonly (readonly number[])[]
  /** Where loading can begin: entries and what is loaded with `import()`. */
  readonly roots: readonly number[]
  /** The roots that are entries. */
  readonly entryRoots: Bits
  /**
   * Module → roots that have it when they run: it is in their static closure, or certainly loaded before. All roots for a module
   * that none leads to: the bundler adds such helpers wherever they are used.
   */
  readonly reach: readonly Bits[]
  /** Whether a root leads to a module with static imports. */
  readonly isReached: (module: number) => boolean
  /** Modules in an order in which each comes before what it imports, except in cycles. */
  readonly topDown: readonly number[]
}

/** Numbers the modules and finds out who reaches them. What is not among the modules, an external say, is left out. */
export function indexBundle(unsorted: readonly BundledModule[]): BundledGraph {
  const modules = unsorted.toSorted((a, b) => compare(a.key, b.key) || compare(a.id, b.id))
  const indexOf = new Map(modules.map(({ id }, index) => [id, index]))
  const known = (ids: readonly string[]): number[] => {
    const indices = ids.map((id) => indexOf.get(id)).filter((index) => index !== undefined)
    return indices.length < 2 ? indices : [...new Set(indices)]
  }
  const imports = modules.map((module) => known(module.imports))
  // Icon packages have a list of six thousand `import()`s, which is gone when nobody asks for it.
  const dynamicImports = modules.map((module) => (module.removed === true ? [] : known(module.dynamicImports)))
  const importers = modules.map((): number[] => [])
  for (const [index, targets] of imports.entries()) for (const target of targets) importers[target]?.push(index)
  const entries = modules.flatMap(({ entry }, index) => (entry ? [index] : []))
  const roots = [...new Set([...entries, ...dynamicImports.flat().sort((a, b) => a - b)])]
  const found = findReach({ modules, imports, dynamicImports, roots, entries: entries.length })
  return { modules, imports, importers, roots, ...found }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The set of all roots. */
export function allRoots(graph: BundledGraph): Bits {
  return makeBits(graph.roots.length).fill(0xff_ff_ff_ff)
}
