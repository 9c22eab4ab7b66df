import type { LiveModule, Scenario } from '../live-graph.ts'
import {
  addBits,
  type Bits,
  eachBit,
  hasBit,
  isEmpty,
  keepBits,
  makeBits,
  sameBits,
  setBit,
  unionOf,
  without,
} from './bits.ts'

/** What of a graph says who can ask for what. */
interface AskingGraph {
  readonly modules: readonly Pick<LiveModule, 'dynamicImports' | 'awaits'>[]
}

/** Modules that are loaded together: components, or others with the same roots. */
interface Parts {
  /** Module → part. What is in none has no `import()`. */
  readonly of: ArrayLike<number>
  readonly members: { readonly length: number }
}

/** A graph whose roots are asked for, and how its modules are put together. */
interface AskedGraph {
  readonly graph: AskingGraph
  readonly components: Parts
  readonly roots: readonly number[]
  /** The roots that are entries. */
  readonly entryRoots: Bits
  /** Component → roots that load it with static imports. */
  readonly full: readonly Bits[]
  /** What is known beyond the graph: a router asks for a page after its layouts, wherever the `import()`s are. */
  readonly scenarios?: readonly Scenario[]
}

/** Per component the dynamic roots that cannot be asked for before it is loaded; see {@link certainlyLoaded}. */
export function loadedBefore(asked: AskedGraph): Bits[] {
  const count = asked.components.members.length
  const loaded = certainlyLoaded(asked)
  return transpose(
    loaded.map((set) => set ?? makeBits(count)),
    count,
    asked.roots.length,
  )
}

/**
 * Per root the components that are certainly loaded before it: the intersection, over all roots that can call its `import()`, of what
 * those load and what was loaded before them, without what waits for it. The greatest fixed point, as in Rollup's and Rolldown's analysis
 * of what is already loaded. Nothing is said of a root that no chain of imports leads to from an entry.
 */
export function certainlyLoaded({
  graph,
  components,
  roots,
  entryRoots,
  full,
  scenarios = [],
}: AskedGraph): (Bits | undefined)[] {
  const count = components.members.length
  const closures = closuresOf(full, roots.length)
  const callers = callersOf(graph, components, roots, full)
  // One bit more than there are components: it stays only in what no chain of imports leads to from an entry.
  const everything = makeBits(count + 1)
  for (let bit = 0; bit <= count; bit++) setBit(everything, bit)
  const inScenarios = scenarioContexts(scenarios, roots)
  const sets = roots.map((_module, root) => (hasBit(entryRoots, root) ? makeBits(count + 1) : everything))
  const after = sets.map((set, root) => unionOf(closures[root] as Bits, set))
  for (let changed = true; changed;) {
    changed = false
    for (const [root, calledBy] of callers.entries()) {
      if (hasBit(entryRoots, root)) continue
      const known = everything.slice()
      const context = inScenarios.get(root)
      for (const caller of eachBit(calledBy)) {
        if (context?.callers.has(caller) !== true) keepBits(known, after[caller] as Bits)
      }
      for (const earlier of context?.earlier ?? []) keepBits(known, loadedBy(earlier, after, count + 1))
      if (sameBits(known, sets[root] as Bits)) continue
      sets[root] = known
      after[root] = unionOf(closures[root] as Bits, known)
      changed = true
    }
  }
  const waiting = waitedFor(graph, components, closures, callers)
  return sets.map((set, root) => (hasBit(set, count) ? undefined : without(set, waiting[root] as Bits)))
}

interface ScenarioContext {
  /** Roots that come before in some scenario: their `import()`s of it are those of the scenarios. */
  readonly callers: ReadonlySet<number>
  /** Per scenario the roots that come before. */
  readonly earlier: readonly (readonly number[])[]
}

function scenarioContexts(scenarios: readonly Scenario[], roots: readonly number[]): Map<number, ScenarioContext> {
  const rootOf = new Map(roots.map((module, root) => [module, root]))
  const earlier = new Map<number, number[][]>()
  for (const scenario of scenarios) {
    const known = scenario.roots.map((module) => rootOf.get(module)).filter((root) => root !== undefined)
    for (const [at, root] of known.entries()) {
      if (at > 0) earlier.set(root, [...(earlier.get(root) ?? []), known.slice(0, at)])
    }
  }
  return new Map([...earlier].map(([root, lists]) => [root, { callers: new Set(lists.flat()), earlier: lists }]))
}

function loadedBy(roots: readonly number[], after: readonly Bits[], size: number): Bits {
  const loaded = makeBits(size)
  for (const root of roots) addBits(loaded, after[root] as Bits)
  return loaded
}

function closuresOf(full: readonly Bits[], roots: number): Bits[] {
  const closures = Array.from({ length: roots }, () => makeBits(full.length + 1))
  for (const [component, bits] of full.entries()) {
    for (const root of eachBit(bits)) setBit(closures[root] as Bits, component)
  }
  return closures
}

/** Root → roots whose closure holds an `import()` of it. */
function callersOf(graph: AskingGraph, components: Parts, roots: readonly number[], full: readonly Bits[]): Bits[] {
  const rootOf = new Map(roots.map((module, root) => [module, root]))
  const callers = roots.map(() => makeBits(roots.length))
  for (const [module, { dynamicImports }] of graph.modules.entries()) {
    for (const target of dynamicImports) {
      addBits(callers[rootOf.get(target) as number] as Bits, full[components.of[module] as number] as Bits)
    }
  }
  return callers
}

/**
 * Per root what may still be running when it is asked for, because a top-level `await` waits for it. If it imported a chunk of
 * those, both would wait for each other for ever.
 */
function waitedFor(graph: AskingGraph, components: Parts, closures: readonly Bits[], callers: readonly Bits[]): Bits[] {
  const sets = closures.map((closure) => makeBits(closure.length * 32))
  const awaits = makeBits(components.members.length + 1)
  for (const [module, { awaits: does }] of graph.modules.entries()) {
    if (does === true) setBit(awaits, components.of[module] as number)
  }
  if (isEmpty(awaits)) return sets
  for (let changed = true; changed;) {
    changed = false
    for (const [root, calledBy] of callers.entries()) {
      const known = (sets[root] as Bits).slice()
      for (const caller of eachBit(calledBy)) {
        const closure = closures[caller] as Bits
        if (closure.every((word, index) => (word & (awaits[index] as number)) === 0)) continue
        addBits(known, unionOf(closure, sets[caller] as Bits))
      }
      changed ||= !sameBits(known, sets[root] as Bits)
      sets[root] = known
    }
  }
  return sets
}

function transpose(sets: readonly Bits[], count: number, size: number): Bits[] {
  const transposed = Array.from({ length: count }, () => makeBits(size))
  for (const [index, set] of sets.entries()) {
    for (const component of eachBit(set)) setBit(transposed[component] as Bits, index)
  }
  return transposed
}
