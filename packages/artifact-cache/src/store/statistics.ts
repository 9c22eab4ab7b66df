import type { CacheTier, StoredArtifact } from '../tiers/tier.ts'

/** What one tier did for one kind of artifact. */
export interface KindStatistics {
  readonly hits: number
  /** Requests that this tier answered with no. Those that failed are errors; those that it was not asked for any more are nowhere. */
  readonly misses: number
  readonly bytesRead: number
  readonly writes: number
  readonly bytesWritten: number
  /** Milliseconds of work that hits saved: the time it took to make them, once. */
  readonly savedMs: number
  /** Reads and writes that failed. */
  readonly errors: number
  /** Entries whose bytes were not those that were put. They were dropped. */
  readonly damaged: number
}

export interface TierStatistics {
  readonly tier: CacheTier['name']
  readonly kinds: Readonly<Record<string, KindStatistics>>
  readonly total: KindStatistics
  /** Writes in the background that failed or were not taken. */
  readonly failedWrites: number
  /** Why the tier is out of order, when it is. */
  readonly reason?: string
}

/** What the cache did since the store was opened, or since the last {@link ArtifactStore.takeStatistics}. */
export interface CacheStatistics {
  /** Near to far. */
  readonly tiers: readonly TierStatistics[]
  /** What no tier had: made anew, and how long that took in all. */
  readonly made: Readonly<Record<string, { readonly count: number; readonly ms: number }>>
  /** Requests that shared the work of another one at the same time. */
  readonly shared: number
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

/** Counts what happens to the tiers. */
export interface StatisticsCounter {
  hit(tier: CacheTier, kind: string, artifact: StoredArtifact): void
  miss(tier: CacheTier, kind: string): void
  damaged(tier: CacheTier, kind: string): void
  error(tier: CacheTier, kind: string): void
  written(tier: CacheTier, kind: string, bytes: number): void
  /** What was counted as written was lost on its way. */
  lost(tier: CacheTier, kind: string, bytes: number): void
  made(kind: string, ms: number): void
  shared(): void
  read(tiers: readonly CacheTier[]): CacheStatistics
}

const nothing: KindStatistics = Object.freeze({
  hits: 0,
  misses: 0,
  bytesRead: 0,
  writes: 0,
  bytesWritten: 0,
  savedMs: 0,
  errors: 0,
  damaged: 0,
})

export function countStatistics(): StatisticsCounter {
  const counts = new Map<CacheTier['name'], Map<string, Mutable<KindStatistics>>>()
  const made = new Map<string, { count: number; ms: number }>()
  let shared = 0
  const of = ({ name }: CacheTier, kind: string): Mutable<KindStatistics> => {
    const kinds = getOrAdd(counts, name, () => new Map<string, Mutable<KindStatistics>>())
    return getOrAdd(kinds, kind, () => ({ ...nothing }))
  }
  return {
    hit(tier, kind, { bytes, ms }) {
      const count = of(tier, kind)
      count.hits++
      count.bytesRead += bytes.byteLength
      count.savedMs += ms
    },
    miss: (tier, kind) => void of(tier, kind).misses++,
    damaged: (tier, kind) => void of(tier, kind).damaged++,
    error: (tier, kind) => void of(tier, kind).errors++,
    written(tier, kind, bytes) {
      const count = of(tier, kind)
      count.writes++
      count.bytesWritten += bytes
    },
    lost(tier, kind, bytes) {
      const count = of(tier, kind)
      count.writes--
      count.bytesWritten -= bytes
      count.errors++
    },
    made(kind, ms) {
      const entry = getOrAdd(made, kind, () => ({ count: 0, ms: 0 }))
      entry.count++
      entry.ms += ms
    },
    shared: () => void shared++,
    read: (tiers) => ({
      tiers: tiers.map((tier) => {
        const kinds = sortedRecord(counts.get(tier.name) ?? new Map<string, KindStatistics>())
        return { tier: tier.name, kinds, total: sum(Object.values(kinds)), ...tier.trouble() }
      }),
      made: sortedRecord(made),
      shared,
    }),
  }
}

function sum(parts: readonly KindStatistics[]): KindStatistics {
  const total: Mutable<KindStatistics> = { ...nothing }
  for (const part of parts) {
    for (const key of Object.keys(nothing) as (keyof KindStatistics)[]) total[key] += part[key]
  }
  return total
}

function sortedRecord<Value extends object>(map: ReadonlyMap<string, Value>): Record<string, Value> {
  const sorted = [...map].sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted.map(([key, value]) => [key, { ...value }]))
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key) ?? make()
  map.set(key, found)
  return found
}
