import { createHash } from 'node:crypto'
import type { SharedCache } from '../cache/query-cache.ts'
import { TokenBuckets } from '../intake/token-bucket.ts'
import type { RateLimit, RateLimiter } from '../intake/token-bucket.ts'
import type { RedisLink } from './redis-link.ts'

const PREFIX = 'paceline:collector:'

/**
 * The bucket of tokens of a client, in one step that no other instance can come between. The clock is Redis' own: those of instances differ. It
 * gives 0, or the milliseconds to wait.
 */
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local burst, rate = tonumber(ARGV[1]), tonumber(ARGV[2]) / 1000
local bucket = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = math.min(burst, (tonumber(bucket[1]) or burst) + math.max(0, now - (tonumber(bucket[2]) or now)) * rate)
local wait = 0
if tokens >= 1 then tokens = tokens - 1 else wait = math.ceil((1 - tokens) / rate) end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', now)
redis.call('PEXPIRE', KEYS[1], math.ceil(burst / rate) + 1000)
return wait`

/** Rate limits that instances share. Where Redis does not answer, each instance limits by itself. */
export function redisLimiter(redis: RedisLink, limit: RateLimit): RateLimiter {
  const own = new TokenBuckets(limit)
  return {
    async take(client, now) {
      // Addresses are nobody's to read: what is stored is their digest.
      const key = `${PREFIX}rate:${digest(client)}`
      const wait = await redis.send(['EVAL', TAKE, '1', key, `${limit.burst}`, `${limit.perSecond}`])
      return typeof wait === 'number' ? Math.ceil(wait / 1000) : own.take(client, now)
    },
    close: () => {},
  }
}

/** Answers that instances share. */
export function redisCache(redis: RedisLink): SharedCache {
  const keyOf = (key: string): string => `${PREFIX}answer:${digest(key)}`
  return {
    async get(key) {
      const text = await redis.send(['GET', keyOf(key)])
      return typeof text === 'string' ? text : undefined
    },
    async set(key, value, ttl) {
      await redis.send(['SET', keyOf(key), value, 'PX', `${ttl}`])
      await redis.send(['DEL', `${keyOf(key)}:claim`])
    },
    async claim(key, ttl) {
      const answer = await redis.send(['SET', `${keyOf(key)}:claim`, '1', 'NX', 'PX', `${ttl}`])
      // `null` is Redis' way to say that another one has it; no answer at all is no reason to wait.
      return answer !== null
    },
    async clear() {
      let cursor = '0'
      do {
        const answer = await redis.send(['SCAN', cursor, 'MATCH', `${PREFIX}answer:*`, 'COUNT', '500'])
        if (!Array.isArray(answer)) return
        const [next, keys] = answer as [string, string[]]
        if (keys.length > 0) await redis.send(['UNLINK', ...keys])
        cursor = next
      } while (cursor !== '0')
    },
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
