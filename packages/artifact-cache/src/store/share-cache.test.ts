import { startRedis, writeFixture } from '@paceline/testkit'
import { expect, it } from 'vitest'
import { diskTier } from '../disk/disk-tier.ts'
import type { ResolvedCacheOptions } from '../options.ts'
import { redisTier } from '../redis/redis-tier.ts'
import { artifact, redisOptions } from '../testing/samples.ts'
import { shareCache } from './share-cache.ts'

async function project(url: string): Promise<ResolvedCacheOptions> {
  const dir = await writeFixture({})
  return { dir, namespace: 'shop', redis: redisOptions(url), maxSize: 1e9, maxAge: 1e10 }
}

it('sends what Redis has not, of this namespace, however long it takes', async () => {
  const { url, ask } = await startRedis()
  const options = await project(url)
  const near = diskTier(options.dir)
  const kept = Array.from({ length: 40 }, (_, index) => [`shop:kind:${index}`, artifact(1_000_000)] as const)
  for (const [key, value] of [...kept, ['other:kind:1', artifact()] as const]) await near.put(key, value)
  const far = redisTier(options.redis!, () => {})
  await far.put(...kept[0]!)
  await far.settle()
  expect(await shareCache(options, 0)).toEqual({ entries: 39, bytes: 39_000_000 })
  expect(await ask('DBSIZE')).toContain(':40')
  for (const [key, value] of kept) expect(await far.get(key)).toMatchObject({ ms: value.ms })
  expect(await shareCache(options, 0)).toEqual({ entries: 0, bytes: 0 })
  expect(await shareCache(options, Date.now() + 1000)).toEqual({ entries: 0, bytes: 0 })
  await far.close()
})

it.each(['is not there', 'is full', 'stalls'])('fails when Redis %s', async (name) => {
  const redis = await startRedis()
  const options = await project(redis.url)
  await diskTier(options.dir).put('shop:kind:1', artifact())
  if (name === 'is full') await redis.ask('CONFIG', 'SET', 'maxmemory', '1')
  else if (name === 'stalls') redis.stall()
  else await redis.kill()
  await expect(shareCache(options, 0)).rejects.toThrow(expect.objectContaining({ code: 'PACELINE_CACHE_NOT_SHARED' }))
})
