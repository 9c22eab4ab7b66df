import { intersects } from '../../planner/bits.ts'
import type { StoredChunk } from '../stored-plan.ts'
import { eagerChunks } from './keep-lazy.ts'
import { findLoads, type Layout } from './layout.ts'

/** Chunks that a plan lets more people load than need all of them, and how far that goes. */
export function looseChunks(layout: Layout): Map<number, NonNullable<StoredChunk['shared']>> {
  const loose = new Map<number, NonNullable<StoredChunk['shared']>>()
  const allowing = (): Layout => ({
    ...layout,
    chunks: layout.chunks.map((chunk, index) => ({ ...chunk, shared: loose.get(index) })),
  })
  const found = findLoads(layout)
  for (;;) {
    const eager = eagerChunks(allowing(), found)
    // From the first one on: what its imports bring is accepted with it.
    const [first] = found.components.members
      .toReversed()
      .flatMap(([chunk]) => (eager.has(chunk as number) ? [chunk as number] : []))
    if (first === undefined) return loose
    loose.set(first, intersects(eager.get(first) as Uint32Array, layout.graph.entryRoots) ? 'anyone' : 'pages')
  }
}
