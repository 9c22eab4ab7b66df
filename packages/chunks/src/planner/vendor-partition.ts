import type { LiveGraph, LiveModule } from '../live-graph.ts'
import { chunksError } from '../errors.ts'
import { addBits, type Bits, intersects, isSubset, keepBits, makeBits } from './bits.ts'
import type { OrderFault } from './order-faults.ts'
import { type Partition, partitionBy } from './partition.ts'
import type { Reach } from './reach.ts'

/** Name of the chunk of packages. */
export const VENDOR = 'vendor'

/**
 * Component → whether it belongs to the packages of the first load. What such a package imports goes with it, even if it is no
 * package, so that the chunk imports nobody of the first load.
 */
export function findVendor(graph: LiveGraph, { components, full, entryRoots }: Reach): boolean[] {
  const { members, imports } = components
  const isVendor = members.map(
    (modules, component) =>
      intersects(full[component] as Bits, entryRoots) &&
      modules.some((module) => (graph.modules[module] as LiveModule).package !== undefined),
  )
  for (let component = members.length - 1; component >= 0; component--) {
    if (isVendor[component] !== true) continue
    for (const target of imports[component] as readonly number[]) isVendor[target] = true
  }
  const hasEntry = (modules: readonly number[]) => modules.some((module) => graph.entries.includes(module))
  return members.map((modules, component) => isVendor[component] === true && !hasEntry(modules))
}

/** Those in one chunk, the rest where the bundler puts it. */
export function vendorPartition({ components }: Reach, isVendor: readonly boolean[], standard: Partition): Partition {
  return partitionBy(standard.chunkOf.length, (module) =>
    isVendor[components.of[module] as number] === true ? VENDOR : (standard.chunkOf[module] as number),
  )
}

/**
 * Adds what has to run before a package of the chunk: with it, and with what it imports in turn, the chunk runs as the source does.
 *
 * @param findFaults what runs in the wrong order when these components are the chunk
 * @throws `PACELINE_VENDOR_ORDER` when it cannot go there: it is not for everybody who loads the packages, or leads to an entry
 */
export function holdOrder(
  graph: LiveGraph,
  reach: Reach,
  isVendor: readonly boolean[],
  findFaults: (isVendor: readonly boolean[]) => readonly OrderFault[],
): boolean[] {
  const { of, members, imports } = reach.components
  const held = [...isVendor]
  for (let grown = true; grown;) {
    grown = false
    for (const fault of findFaults(held)) {
      // What the packages have no part in is left to the verifier, which sees the import statements.
      if (held[of[fault.ranFirst] as number] !== true || held[of[fault.ranSecond] as number] === true) continue
      const open = new Set([of[fault.ranSecond] as number])
      for (const component of open) {
        const isEntry = (members[component] as readonly number[]).some((module) => graph.entries.includes(module))
        if (isEntry || !isForAll(reach, held, component)) throw orderError(graph, fault)
        for (const target of imports[component] as readonly number[]) if (held[target] !== true) open.add(target)
      }
      for (const component of open) held[component] = true
      grown = true
    }
  }
  return held
}

/** Whether every entry that loads the packages needs a component. */
function isForAll({ full, entryRoots }: Reach, isVendor: readonly boolean[], component: number): boolean {
  const loading = makeBits(entryRoots.length * 32)
  for (const [one, bits] of full.entries()) if (isVendor[one] === true) addBits(loading, bits)
  keepBits(loading, entryRoots)
  return isSubset(loading, full[component] as Bits)
}

function orderError(graph: LiveGraph, { ranFirst, ranSecond, roots }: OrderFault): Error {
  const keyOf = (module: number): string => (graph.modules[module] as LiveModule).key
  const chain = (module: number): string => pathTo(graph, roots, module).map(keyOf).join(' → ')
  return chunksError('PACELINE_VENDOR_ORDER', [keyOf(ranFirst), keyOf(ranSecond), [chain(ranSecond), chain(ranFirst)]])
}

/** A shortest chain of static imports. */
function pathTo({ modules }: LiveGraph, roots: readonly number[], module: number): number[] {
  const parents = new Map(roots.map((root) => [root, root]))
  for (const importer of parents.keys()) {
    for (const target of (modules[importer] as LiveModule).imports)
      if (!parents.has(target)) parents.set(target, importer)
  }
  const path = [module]
  for (let from = parents.get(module); from !== undefined && from !== path[0]; from = parents.get(from))
    path.unshift(from)
  return path
}
