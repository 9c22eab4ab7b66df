import { diskTier } from '../disk/disk-tier.ts'
import { cacheError } from '../errors.ts'
import type { ResolvedCacheOptions } from '../options.ts'
import { redisTier } from '../redis/redis-tier.ts'
import type { Amount } from './inspect-cache.ts'

/** Bytes on their way at once. */
const BATCH = 16 * 2 ** 20

/**
 * Sends what the directory has and Redis has not. Builds do not: what they find in the directory they do not look for in Redis.
 *
 * @param since milliseconds since the epoch: entries that were last used before stay here
 * @throws `PACELINE_CACHE_NOT_SHARED` when it is not all there in the end
 */
export async function shareCache({ dir, namespace, redis }: ResolvedCacheOptions, since: number): Promise<Amount> {
  const shared = { entries: 0, bytes: 0 }
  if (!redis) return shared
  let problem: string | undefined
  const near = diskTier(dir)
  const far = redisTier(redis, (message) => void (problem ??= message), Infinity)
  let batch = 0
  try {
    for await (const { key, lastUsed } of near.entries(`${namespace}:`)) {
      if (lastUsed < since || (await far.has(key))) continue
      const artifact = await near.get(key)
      if (!artifact || artifact === 'damaged') continue
      const bytes = await far.put(key, artifact)
      if (bytes > 0) shared.entries++
      shared.bytes += bytes
      batch += bytes
      if (batch < BATCH) continue
      await far.settle()
      batch = 0
    }
    await far.settle()
  } catch (error) {
    problem ??= (error as Error).message
  }
  await far.close()
  if (problem !== undefined) throw cacheError('PACELINE_CACHE_NOT_SHARED', [redis.shown, problem])
  return shared
}
