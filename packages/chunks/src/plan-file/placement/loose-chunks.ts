import { isSubset, type Bits, intersects } from '../../planner/bits.ts'
import type { StoredChunk } from '../stored-plan.ts'
import { eagerChunks } from './keep-lazy.ts'
import { findLoads, type Layout } from './layout.ts'

/** Chunks that a plan lets more people load than need all of them, and how far that goes. */
export function looseChunks(layout: Layout): Map<number, NonNullable<StoredChunk['shared']>> {
  const found = findLoads(layout)
  const loose = new Map<number, NonNullable<StoredChunk['shared']>>()
  for (const chunk of eagerChunks(layout, found)) {
    const eager = (found.modules[chunk] as readonly number[]).some((module) => {
      const reach = layout.graph.reach[module] as Bits
      return !isSubset(found.loads[chunk] as Bits, reach) && !intersects(reach, layout.graph.entryRoots)
    })
    loose.set(chunk, eager && intersects(found.loads[chunk] as Bits, layout.graph.entryRoots) ? 'anyone' : 'pages')
  }
  return loose
}
