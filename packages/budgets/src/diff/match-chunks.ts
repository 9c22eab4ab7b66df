import { BUNDLER_ID, CONTAINER_ID } from '@paceline/build-graph'
import type { ChunkEntry } from '@paceline/build-graph'
import { compare } from './sizes.ts'

/** A chunk of the old build and the one that took its place; one of the two is absent for a removed or added chunk. */
export interface ChunkPair {
  readonly before?: ChunkEntry
  readonly after?: ChunkEntry
  /** Bytes that both hold, as a share of the bytes that either holds. */
  readonly overlap: number
}

interface Candidate {
  readonly before: ChunkEntry
  readonly after: ChunkEntry
  readonly shared: number
  readonly overlap: number
}

/**
 * Matches the chunks of two builds by the modules they hold, weighted by bytes, never by name: names carry hashes, and
 * a bundler is free to rename or renumber. The pair that shares most bytes is taken first, so a chunk that was split
 * lives on in its bigger half and the other half counts as new.
 *
 * @param aligned old module id → new module id, see `alignModules`
 */
export function matchChunks(
  before: readonly ChunkEntry[],
  after: readonly ChunkEntry[],
  aligned: ReadonlyMap<string, string>,
): ChunkPair[] {
  const takenBefore = new Set<ChunkEntry>()
  const takenAfter = new Set<ChunkEntry>()
  const pairs: ChunkPair[] = []
  for (const candidate of candidates(before, after, aligned)) {
    if (takenBefore.has(candidate.before) || takenAfter.has(candidate.after)) continue
    takenBefore.add(candidate.before)
    takenAfter.add(candidate.after)
    pairs.push({ before: candidate.before, after: candidate.after, overlap: candidate.overlap })
  }
  for (const chunk of before) if (!takenBefore.has(chunk)) pairs.push({ before: chunk, overlap: 0 })
  for (const chunk of after) if (!takenAfter.has(chunk)) pairs.push({ after: chunk, overlap: 0 })
  return pairs
}

function candidates(
  before: readonly ChunkEntry[],
  after: readonly ChunkEntry[],
  aligned: ReadonlyMap<string, string>,
): Candidate[] {
  const oldWeights = before.map((chunk) => weights(chunk, (id) => aligned.get(id) ?? `before:${id}`))
  const holders = new Map<string, { index: number; raw: number }[]>()
  oldWeights.forEach((modules, index) => {
    for (const [id, raw] of modules) holders.set(id, [...(holders.get(id) ?? []), { index, raw }])
  })
  const found = after.flatMap((chunk) => {
    const own = weights(chunk, (id) => id)
    const shared = new Map<number, number>()
    for (const [id, raw] of own) {
      for (const holder of holders.get(id) ?? []) {
        if (before[holder.index]!.kind !== chunk.kind) continue
        // One byte at least, so that modules without bytes of their own still tie two chunks together.
        shared.set(holder.index, (shared.get(holder.index) ?? 0) + Math.max(1, Math.min(raw, holder.raw)))
      }
    }
    return [...shared].map(([index, bytes]): Candidate => {
      const either = total(own) + total(oldWeights[index]!) - bytes
      return { before: before[index]!, after: chunk, shared: bytes, overlap: either > 0 ? bytes / either : 1 }
    })
  })
  return found.sort(
    (a, b) =>
      b.shared - a.shared ||
      b.overlap - a.overlap ||
      compare(a.after.file, b.after.file) ||
      compare(a.before.file, b.before.file),
  )
}

/** Module → raw bytes. What the bundler adds counts only for a chunk that holds nothing else, its runtime. */
function weights(chunk: ChunkEntry, rename: (id: string) => string): Map<string, number> {
  const real = chunk.modules.filter(({ id }) => id !== BUNDLER_ID && id !== CONTAINER_ID)
  if (real.length === 0) return new Map([[BUNDLER_ID, 1]])
  return new Map(real.map(({ id, raw }) => [rename(id), raw]))
}

function total(modules: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const raw of modules.values()) sum += Math.max(1, raw)
  return sum
}
