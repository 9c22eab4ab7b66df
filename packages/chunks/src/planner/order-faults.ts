import type { LiveGraph, LiveModule } from '../live-graph.ts'
import { bitsKey, hasBit, makeBits, sameBits, setBit } from './bits.ts'
import { type Bundler, orderedImports, runChunks } from './execution-order.ts'
import { loadedWith, type Partition } from './partition.ts'
import type { Reach } from './reach.ts'
import { type Frozen, signatureOf } from './units.ts'

/** Two modules with effects that run in an order which is neither the source's nor the default build's: `[first to run, second]`. */
export type OrderFault = readonly [number, number]

interface Way {
  readonly roots: readonly number[]
  /** Modules that have run before. */
  readonly before: readonly number[]
}

function loadedModules({ before, components }: Reach, root: number): number[] {
  return components.members.flatMap((modules, component) =>
    hasBit(before[component] as Uint32Array, root) ? [modules[0] as number] : [],
  )
}

/** At most one fault per scenario, root and bundler. */
export function findOrderFaults(graph: LiveGraph, reach: Reach, standard: Partition, ours: Partition): OrderFault[] {
  const ways: Way[] = [
    ...graph.scenarios.map(({ roots }) => ({ roots, before: [] })),
    ...reach.roots.map((root, index) => ({ roots: [root], before: loadedModules(reach, index) })),
  ]
  const faults = new Map<string, OrderFault>()
  for (const bundler of ['rolldown', 'rollup'] as const) {
    const before = effectsInOrder(graph, standard, bundler, leadsOf(reach))
    const after = effectsInOrder(graph, ours, bundler, graph.entries)
    for (const way of ways) {
      const fault = firstFault(before(way), after(way))
      if (fault !== undefined) faults.set(fault.join(), fault)
    }
  }
  return [...faults.values()]
}

/** Roots whose chunk a default build makes for them: it holds what only they need. */
function leadsOf({ roots, reduced, components }: Reach): number[] {
  return roots.filter((root, index) => {
    const only = makeBits(roots.length)
    setBit(only, index)
    return sameBits(reduced[components.of[root] as number] as Uint32Array, only)
  })
}

function effectsInOrder(
  graph: LiveGraph,
  partition: Partition,
  bundler: Bundler,
  leads: readonly number[],
): (way: Way) => number[] {
  const imports = orderedImports(graph, partition, bundler, leads)
  const effects = partition.chunks.map((modules) =>
    modules.filter((module) => (graph.modules[module] as LiveModule).effects),
  )
  return ({ roots, before }) => {
    const loaded = loadedWith(imports, new Set(before.map((module) => partition.chunkOf[module] as number)))
    return runChunks(partition, imports, roots, loaded).flatMap((chunk) => effects[chunk] as readonly number[])
  }
}

/**
 * The first module that runs after one which both the source and the default build run later. A Fenwick tree over the default's
 * ranks keeps, of what has run, the last in the source.
 */
export function firstFault(standard: readonly number[], ours: readonly number[]): OrderFault | undefined {
  const rank = new Map(standard.map((module, index) => [module, standard.length - index]))
  const latest = new Int32Array(standard.length + 1).fill(-1)
  for (const module of ours) {
    const own = rank.get(module)
    if (own === undefined) continue
    let source = -1
    for (let at = own - 1; at > 0; at &= at - 1) source = Math.max(source, latest[at] as number)
    if (source > module) return [source, module]
    for (let at = own; at <= standard.length; at += at & -at) latest[at] = Math.max(latest[at] as number, module)
  }
  return undefined
}

/** What to hold together so that the faults go away: the two modules where that may do, their whole signatures where it did not. */
export function freezeFaults(reach: Reach, frozen: Frozen, faults: readonly OrderFault[], gentle: boolean): Frozen {
  const { of } = reach.components
  const signatures = new Set(frozen.signatures)
  const pairs = [...frozen.pairs]
  for (const [first, second] of faults) {
    const a = of[first] as number
    const b = of[second] as number
    const alike = bitsKey(reach.reduced[a] as Uint32Array) === bitsKey(reach.reduced[b] as Uint32Array)
    if (gentle && alike) pairs.push([a, b])
    else for (const component of [a, b]) signatures.add(signatureOf(reach, component))
  }
  return { signatures, pairs }
}
