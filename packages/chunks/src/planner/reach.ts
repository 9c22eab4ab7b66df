import type { LiveGraph, Scenario } from '../live-graph.ts'
import { addBits, type Bits, bitsKey, makeBits, setBit, without } from './bits.ts'
import { type Components, findComponents } from './components.ts'
import { loadedBefore } from './loaded-before.ts'

/**
 * Who needs which module. Roots are all places where loading can begin: the entries and every target of an `import()`,
 * page or not. All sets of roots and scenarios are per component.
 */
export interface Reach {
  readonly components: Components
  /** Modules, the entries first. */
  readonly roots: readonly number[]
  /** The roots that are entries. */
  readonly entryRoots: Bits
  /** Roots whose static closure has the component. */
  readonly full: readonly Bits[]
  /** Dynamic roots that nobody can load before the component is there already, because everybody who imports them has it. */
  readonly before: readonly Bits[]
  /** `full` without `before`: the roots that have to fetch it. Equal sets are what Rollup and Rolldown make one chunk of. */
  readonly reduced: readonly Bits[]
  /** Scenarios whose roots need the component. */
  readonly scenarios: readonly Bits[]
}

/** @param scenarios What the bundler does not know: which roots are asked for together. None for what the bundler does by itself. */
export function findReach(graph: LiveGraph, scenarios: readonly Scenario[] = graph.scenarios): Reach {
  const components = findComponents(graph.modules.map((module) => module.imports))
  const roots = findRoots(graph, components)
  const full = spread(
    components,
    roots.map((root) => components.of[root] as number),
  )
  const entryRoots = makeBits(roots.length)
  const known = new Set(graph.modules.flatMap((module) => module.dynamicImports))
  const entries = new Set(graph.entries)
  for (const [index, root] of roots.entries()) if (entries.has(root) || !known.has(root)) setBit(entryRoots, index)
  const before = loadedBefore({ graph, components, roots, entryRoots, full, scenarios })
  return {
    components,
    roots,
    entryRoots,
    full,
    before,
    reduced: full.map((bits, component) => without(bits, before[component] as Bits)),
    scenarios: spreadScenarios(graph, components),
  }
}

/** Entries and targets of `import()`, and modules that nothing reaches, so that every module has a place. */
function findRoots(graph: LiveGraph, components: Components): number[] {
  const targets = new Set(graph.modules.flatMap((module) => module.dynamicImports))
  const roots = [...new Set([...graph.entries, ...[...targets].sort((a, b) => a - b)])]
  const reached = new Uint8Array(components.members.length)
  for (const root of roots) reached[components.of[root] as number] = 1
  for (let component = components.members.length - 1; component >= 0; component--) {
    if (reached[component] === 0) roots.push((components.members[component] as readonly number[])[0] as number)
    for (const target of components.imports[component] as readonly number[]) reached[target] = 1
  }
  return roots
}

/** Component → which of the given components have it in their static closure. */
function spread(components: Components, from: readonly number[]): Bits[] {
  const reached = components.members.map(() => makeBits(from.length))
  for (const [index, component] of from.entries()) setBit(reached[component] as Bits, index)
  return spreadDown(components, reached)
}

function spreadScenarios(graph: LiveGraph, components: Components): Bits[] {
  const reached = components.members.map(() => makeBits(graph.scenarios.length))
  for (const [index, scenario] of graph.scenarios.entries()) {
    for (const root of scenario.roots) setBit(reached[components.of[root] as number] as Bits, index)
  }
  return spreadDown(components, reached)
}

/** Hands every component's set on to what it imports. Components come after their imports, so one pass from the end does it. */
function spreadDown(components: Components, sets: Bits[]): Bits[] {
  for (let component = sets.length - 1; component >= 0; component--) {
    for (const target of components.imports[component] as readonly number[]) {
      addBits(sets[target] as Bits, sets[component] as Bits)
    }
  }
  return sets
}

/** Equal for components that the same roots fetch and the same scenarios need. */
export function signatureOf(reach: Reach, component: number): string {
  return `${bitsKey(reach.reduced[component] as Uint32Array)}/${bitsKey(reach.scenarios[component] as Uint32Array)}`
}
