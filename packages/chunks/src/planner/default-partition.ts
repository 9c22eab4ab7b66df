import type { LiveGraph } from '../live-graph.ts'
import { bitsKey, type Bits } from './bits.ts'
import { type Partition, partitionBy } from './partition.ts'
import { findReach } from './reach.ts'

/**
 * What Rollup and Rolldown make without options: one chunk for every set of entries and `import()` targets that have to
 * fetch a module. Rolldown keeps a module out of a chunk in a few cases where Rollup does not, so this is never more chunks
 * than either really makes.
 */
export function defaultPartition(graph: LiveGraph): Partition {
  const reach = findReach(graph, [])
  const keys = reach.reduced.map((bits) => bitsKey(bits as Bits))
  return partitionBy(graph.modules.length, (module) => keys[reach.components.of[module] as number] as string)
}
