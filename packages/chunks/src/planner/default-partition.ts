import type { LiveGraph } from '../live-graph.ts'
import { bitsKey, type Bits, makeBits, sameBits, setBit } from './bits.ts'
import { type Partition, partitionBy } from './partition.ts'
import { findReach, type Reach } from './reach.ts'

/** What the bundler does without options, to compare with. */
export interface Standard {
  readonly partition: Partition
  /** Modules whose chunk the bundler makes for them: entries and targets of `import()` that have a chunk of their own. */
  readonly leads: readonly number[]
}

/**
 * What Rollup and Rolldown make without options: one chunk for every set of entries and `import()` targets that have to
 * fetch a module. Rolldown keeps a module out of a chunk in a few cases where Rollup does not, so this is never more chunks
 * than either really makes.
 */
export function defaultPartition(graph: LiveGraph): Partition {
  return findStandard(graph).partition
}

export function findStandard(graph: LiveGraph): Standard {
  const reach = findReach(graph, [])
  const keys = reach.reduced.map((bits) => bitsKey(bits))
  const partition = partitionBy(graph.modules.length, (module) => keys[reach.components.of[module] as number] as string)
  return { partition, leads: leadsOf(reach) }
}

/** Roots that lie with what only they need. */
function leadsOf({ roots, reduced, components }: Reach): number[] {
  return roots.filter((root, index) => {
    const only = makeBits(roots.length)
    setBit(only, index)
    return sameBits(reduced[components.of[root] as number] as Bits, only)
  })
}
