import type { CacheCount, CacheKind } from '@paceline/kit'
import type { Statistics } from '../shared/messages.ts'

/** What the caches have done for this device since `since`. */
export interface CacheStats extends CacheCount {
  /** Milliseconds since the epoch. */
  readonly since: number
  /** Share of requests that were answered from a cache, 0 to 1; `undefined` before the first. */
  readonly hitRate: number | undefined
  readonly kinds: Readonly<Partial<Record<CacheKind, CacheCount & { readonly hitRate: number }>>>
}

/** Sums up what the worker has counted. */
export function summarizeStatistics({ since, counts }: Statistics): CacheStats {
  const kinds = Object.entries(counts).map(([kind, count]) => [kind, { ...count, hitRate: rate(count) ?? 0 }])
  const total = { hits: 0, misses: 0, bytesSaved: 0 }
  for (const { hits, misses, bytesSaved } of Object.values(counts)) {
    total.hits += hits
    total.misses += misses
    total.bytesSaved += bytesSaved
  }
  return { since, ...total, hitRate: rate(total), kinds: Object.fromEntries(kinds) as CacheStats['kinds'] }
}

function rate({ hits, misses }: CacheCount): number | undefined {
  return hits + misses === 0 ? undefined : hits / (hits + misses)
}
