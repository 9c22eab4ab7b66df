import { type Bits, intersects } from '../../planner/bits.ts'
import type { StoredChunk } from '../stored-plan.ts'
import type { Layout } from './layout.ts'
import { eagerChunks, findLoads } from './loads.ts'

/** Chunks that a plan lets more people load than need all of them, and how far that goes. */
export function looseChunks(layout: Layout): Map<number, NonNullable<StoredChunk['shared']>> {
  const loose = new Map<number, NonNullable<StoredChunk['shared']>>()
  for (;;) {
    const chunks = layout.chunks.map((chunk, index) => ({ ...chunk, shared: loose.get(index) }))
    const found = findLoads({ ...layout, chunks })
    const eager = eagerChunks(found)
    // The first one on the way down: accepting it may explain what its imports bring.
    const first = found.components.members.flat().findLast((chunk) => eager.has(chunk))
    if (first === undefined) return loose
    loose.set(first, intersects(eager.get(first) as Bits, layout.graph.entryRoots) ? 'anyone' : 'pages')
  }
}
