import { packArtifact, unpackArtifact } from './pack-artifact.ts'
import type { CacheTier, TierEntry } from './tier.ts'

/** A tier in memory, for tests and for caches that are not to outlive the process. It keeps the same bytes as Redis does. */
export function memoryTier(values: Map<string, Buffer> = new Map()): CacheTier {
  return {
    name: 'memory',
    async get(key) {
      const packed = values.get(key)
      if (!packed) return undefined
      const artifact = unpackArtifact(key, packed)
      if (!artifact) values.delete(key)
      return artifact ?? 'damaged'
    },
    async put(key, artifact) {
      const packed = packArtifact(key, artifact)
      values.set(key, packed)
      return packed.byteLength
    },
    async has(key) {
      return values.has(key)
    },
    async remove(key) {
      return values.delete(key)
    },
    async *entries(prefix = ''): AsyncIterable<TierEntry> {
      for (const [key, { byteLength }] of values) {
        if (key.startsWith(prefix)) yield { key, bytes: byteLength, lastUsed: Date.now() }
      }
    },
    async clear(prefix, fits) {
      let entries = 0
      let bytes = 0
      for (const [key, { byteLength }] of values) {
        if (!key.startsWith(prefix) || !fits(key)) continue
        values.delete(key)
        entries++
        bytes += byteLength
      }
      return { entries, bytes }
    },
    async settle() {},
    trouble: () => ({ failedWrites: 0 }),
    async close() {},
  }
}
