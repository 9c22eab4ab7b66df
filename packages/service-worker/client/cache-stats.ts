import type { CacheCount, StatisticKind, Statistics } from '../shared/messages.ts'

/** What the caches have done since the browser has last started the worker. */
export interface CacheStats extends CacheCount {
  /** Share of requests that were answered from a cache, 0 to 1; `undefined` before the first. */
  readonly hitRate: number | undefined
  readonly kinds: Readonly<Partial<Record<StatisticKind, CacheCount & { readonly hitRate: number }>>>
}

/** Sums up what the worker has counted. */
export function summarizeStatistics(statistics: Statistics): CacheStats {
  const kinds = Object.entries(statistics).map(([kind, count]) => [kind, { ...count, hitRate: rate(count) ?? 0 }])
  const total = { hits: 0, misses: 0, bytesSaved: 0 }
  for (const { hits, misses, bytesSaved } of Object.values(statistics)) {
    total.hits += hits
    total.misses += misses
    total.bytesSaved += bytesSaved
  }
  return { ...total, hitRate: rate(total), kinds: Object.fromEntries(kinds) as CacheStats['kinds'] }
}

function rate({ hits, misses }: CacheCount): number | undefined {
  return hits + misses === 0 ? undefined : hits / (hits + misses)
}
