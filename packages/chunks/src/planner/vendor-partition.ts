import type { LiveGraph, LiveModule } from '../live-graph.ts'
import { intersects } from './bits.ts'
import { defaultPartition } from './default-partition.ts'
import { type Partition, partitionBy } from './partition.ts'
import type { Reach } from './reach.ts'

/** Name and label of the chunk of packages. */
export const VENDOR = 'vendor'

/**
 * The packages of the first load in one chunk, the rest by default. What such a package imports goes with it, even if it is no
 * package, so that the chunk imports nobody of the first load.
 */
export function vendorPartition(graph: LiveGraph, reach: Reach): Partition {
  const { members, imports, of } = reach.components
  const isVendor = members.map(
    (modules, component) =>
      intersects(reach.full[component] as Uint32Array, reach.entryRoots) &&
      modules.some((module) => (graph.modules[module] as LiveModule).package !== undefined) &&
      !modules.some((module) => graph.entries.includes(module)),
  )
  for (let component = members.length - 1; component >= 0; component--) {
    if (isVendor[component] === true)
      for (const target of imports[component] as readonly number[]) isVendor[target] = true
  }
  const rest = defaultPartition(graph)
  return partitionBy(graph.modules.length, (module) =>
    isVendor[of[module] as number] === true ? VENDOR : (rest.chunkOf[module] as number),
  )
}
