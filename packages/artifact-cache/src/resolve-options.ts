import { resolve } from 'node:path'
import { parseBytes, parseOptions, readManifest } from '@paceline/kit'
import * as v from 'valibot'
import { checkNamespace } from './cache-key.ts'
import { cacheError } from './errors.ts'
import type { CacheOptions, RedisOptions, ResolvedCacheOptions, ResolvedRedisOptions } from './options.ts'
import { checkRedisUrl, showUrl } from './redis/redis-url.ts'

const DAY = 86_400_000

const days = v.pipe(
  v.number(),
  v.finite(),
  v.minValue(0, ({ received }) => `must not be negative; received ${received}. Write a number of days.`),
)
const redisObject = v.strictObject({
  url: v.pipe(v.string(), v.nonEmpty('must not be empty. Write redis://host:6379.')),
  timeout: v.optional(
    v.pipe(
      v.number(),
      v.minValue(10, ({ received }) => `must be at least 10; received ${received}. Write milliseconds.`),
      v.maxValue(5000, ({ received }) => `must be at most 5000; received ${received}. Write milliseconds.`),
    ),
  ),
  ttl: v.optional(
    v.pipe(
      v.number(),
      v.finite(),
      v.minValue(
        1 / 86_400,
        ({ received }) => `must be a second at least; received ${received}. Write a number of days.`,
      ),
    ),
  ),
  cluster: v.optional(v.boolean()),
})
/** An object is held to its own schema, so that a wrong key in it is named. */
const redis = v.lazy((input): v.GenericSchema =>
  typeof input === 'object' && input !== null ? redisObject : v.union([v.string(), v.literal(false)]),
) as v.GenericSchema<unknown, string | RedisOptions | false>
const schema = v.strictObject({
  dir: v.optional(v.pipe(v.string(), v.nonEmpty('must not be empty.'))),
  redis: v.optional(redis),
  namespace: v.optional(v.string()),
  maxSize: v.optional(v.union([v.string(), v.number()])),
  maxAge: v.optional(days),
  memory: v.optional(v.union([v.string(), v.number()])),
})

/**
 * Checks what can be checked without the Vite root, when the plugin is made.
 *
 * @throws `PACELINE_OPTIONS_INVALID`, `PACELINE_SIZE_INVALID`, `PACELINE_CACHE_NAMESPACE_INVALID`, `PACELINE_CACHE_REDIS_URL_INVALID`
 */
export function checkCacheOptions(options: CacheOptions | undefined): CacheOptions {
  const raw: CacheOptions = parseOptions('cache', schema, options)
  if (raw.maxSize !== undefined) parseBytes(raw.maxSize, 'cache.maxSize')
  if (raw.memory !== undefined) parseBytes(raw.memory, 'cache.memory')
  if (raw.namespace !== undefined) checkNamespace(raw.namespace)
  resolveRedis(raw.redis)
  return raw
}

/** What the options mean at one place. */
export interface CacheSurroundings {
  /** The Vite root. */
  readonly root: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Reads the options, once the Vite root is known.
 *
 * @throws what {@link checkCacheOptions} throws, and `PACELINE_CACHE_NAMESPACE_MISSING`
 */
export function resolveCacheOptions(
  options: CacheOptions | undefined,
  { root, env }: CacheSurroundings,
): ResolvedCacheOptions {
  const raw = checkCacheOptions(options)
  const redis = resolveRedis(raw.redis ?? env.PACELINE_REDIS_URL)
  const name = raw.namespace ?? readManifest(root)?.name
  const named = typeof name === 'string' && name !== ''
  if (redis && !named) throw cacheError('PACELINE_CACHE_NAMESPACE_MISSING', [redis.shown])
  return Object.freeze({
    dir: resolve(root, raw.dir ?? 'node_modules/.cache/paceline'),
    // Without Redis nobody else can see it: the directory is the project's own.
    namespace: named ? checkNamespace(name) : 'app',
    redis,
    maxSize: parseBytes(raw.maxSize ?? '1 GB', 'cache.maxSize'),
    maxAge: (raw.maxAge ?? 30) * DAY,
  })
}

function resolveRedis(raw: CacheOptions['redis']): ResolvedRedisOptions | undefined {
  // An empty string is what CI makes of a secret that is not there, as in pull requests from forks.
  if (raw === undefined || raw === false || raw === '') return undefined
  const { url, timeout = 500, ttl = 30, cluster = false } = typeof raw === 'string' ? { url: raw } : raw
  const checked = checkRedisUrl(url)
  return Object.freeze({ url: checked, shown: showUrl(checked), timeout, ttl: Math.round(ttl * 86_400), cluster })
}
