import type { LiveGraph, LiveModule } from '../live-graph.ts'
import { type Bits, intersects } from './bits.ts'
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
