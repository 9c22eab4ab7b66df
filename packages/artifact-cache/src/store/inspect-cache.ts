import { kindOfKey } from '../cache-key.ts'
import { diskTier } from '../disk/disk-tier.ts'
import { pruneDisk } from '../disk/prune-disk.ts'
import type { PruneResult } from '../disk/prune-disk.ts'
import type { CacheLimits } from '../disk/plan-eviction.ts'
import { writeStamp } from '../disk/prune-stamp.ts'
import { cacheError } from '../errors.ts'
import type { ResolvedCacheOptions } from '../options.ts'
import { redisTier } from '../redis/redis-tier.ts'
import type { CacheTier } from '../tiers/tier.ts'
import { matchPattern } from './match-pattern.ts'

/** How much there is. */
export interface Amount {
  readonly entries: number
  readonly bytes: number
}

/** What one tier holds. */
export interface TierContents {
  readonly tier: CacheTier['name']
  /** The directory, or the URL without its password. */
  readonly place: string
  readonly kinds: Readonly<Record<string, Amount>>
  readonly total: Amount
  /** In the same directory, under another namespace. */
  readonly others: Amount
  /** Why it could not be told. */
  readonly problem?: string
}

/** What each tier holds, near to far. One that cannot be reached says why. */
export async function inspectCache(options: ResolvedCacheOptions): Promise<TierContents[]> {
  const contents: TierContents[] = []
  for (const { tier, place, prefix } of tiersOf(options)) {
    contents.push(await inspectTier(tier, place, options.namespace, prefix))
    await tier.close()
  }
  return contents
}

async function inspectTier(tier: CacheTier, place: string, namespace: string, prefix: string): Promise<TierContents> {
  const kinds = new Map<string, { entries: number; bytes: number }>()
  const total = { entries: 0, bytes: 0 }
  const others = { entries: 0, bytes: 0 }
  let problem: string | undefined
  try {
    for await (const { key, bytes } of tier.entries(prefix)) {
      const kind = kindOfKey(namespace, key)
      const ofKind = kind === undefined ? others : (kinds.get(kind) ?? { entries: 0, bytes: 0 })
      if (kind !== undefined) kinds.set(kind, ofKind)
      for (const amount of kind === undefined ? [others] : [ofKind, total]) {
        amount.entries++
        amount.bytes += bytes
      }
    }
  } catch (error) {
    problem = (error as Error).message
  }
  const sorted = Object.fromEntries([...kinds].sort(([a], [b]) => (a < b ? -1 : 1)))
  return { tier: tier.name, place, kinds: sorted, total, others, ...(problem === undefined ? {} : { problem }) }
}

/** What was removed from one tier. */
export interface ClearedTier extends Amount {
  readonly tier: CacheTier['name']
  readonly place: string
}

/**
 * Removes what a pattern matches, `brotli:*` for instance, in this namespace and in all tiers. The farthest goes first: when it cannot be reached,
 * nothing is removed.
 *
 * @throws `PACELINE_CACHE_NOTHING_CLEARED`, `PACELINE_CACHE_PATTERN_INVALID`, `PACELINE_CACHE_REDIS_UNREACHABLE`
 */
export async function clearCache(options: ResolvedCacheOptions, pattern: string): Promise<ClearedTier[]> {
  const matches = matchPattern(pattern)
  const prefix = `${options.namespace}:`
  const cleared: ClearedTier[] = []
  for (const { tier, place } of tiersOf(options).toReversed()) {
    try {
      const amount = await tier.clear(prefix, (key) => matches(key.slice(prefix.length)))
      cleared.unshift({ tier: tier.name, place, ...amount })
    } finally {
      await tier.close()
    }
  }
  if (cleared.every(({ entries }) => entries === 0)) {
    const contents = await inspectCache(options)
    const kinds = [...new Set(contents.flatMap((tier) => Object.keys(tier.kinds)))].sort()
    throw cacheError('PACELINE_CACHE_NOTHING_CLEARED', [pattern, kinds])
  }
  return cleared
}

/** Brings the directory under its limits. Redis sees to its own: entries expire, and it evicts what its policy says. */
export async function pruneCache(
  { dir, maxSize, maxAge }: ResolvedCacheOptions,
  limits: Partial<CacheLimits> = {},
): Promise<PruneResult> {
  const result = await pruneDisk(dir, { maxSize, maxAge, ...limits })
  await writeStamp(dir, { prunedAt: Date.now(), bytes: result.keptBytes })
  return result
}

interface Place {
  readonly tier: CacheTier
  readonly place: string
  readonly prefix: string
}

function tiersOf({ dir, namespace, redis }: ResolvedCacheOptions): Place[] {
  // Everything in the directory takes up its room; what others keep in Redis is none of our business.
  const disk: Place = { tier: diskTier(dir), place: dir, prefix: '' }
  if (!redis) return [disk]
  return [disk, { tier: redisTier(redis, () => {}), place: redis.shown, prefix: `${namespace}:` }]
}
