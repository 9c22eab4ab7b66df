import { startRedis } from '@paceline/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { QueryCache } from '../cache/query-cache.ts'
import { beacon, pageId } from '../testing/beacons.ts'
import { runCollector } from '../testing/run-collector.ts'
import { openRedis } from './redis-link.ts'
import { redisCache, redisLimiter } from './shared-state.ts'

function link(url: string) {
  const redis = openRedis(url, () => performance.now())
  onTestFinished(() => redis.close())
  return redis
}

describe('with a Redis', () => {
  it('instances limit a client together', async () => {
    const { url } = await startRedis()
    const limiters = [1, 2].map(() => redisLimiter(link(url), { burst: 6, perSecond: 0.1 }))
    const waits: number[] = []
    for (let index = 0; index < 8; index++) waits.push(await limiters[index % 2]!.take('1.2.3.4', 0))
    expect(waits.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 0])
    expect(waits[6]).toBeGreaterThanOrEqual(9)
    expect(await limiters[0]!.take('5.6.7.8', 0)).toBe(0)
  })

  it('instances share answers, the work for them, and their end', async () => {
    const { url } = await startRedis()
    const caches = [1, 2].map(() => new QueryCache(60_000, () => 0, redisCache(link(url))))
    let made = 0
    const make = async (): Promise<number> => {
      made++
      await new Promise((resolve) => setTimeout(resolve, 50))
      return 42
    }
    const answers = await Promise.all(caches.map((cache) => cache.get('a', make)))
    expect([made, ...answers.map(({ value }) => value)]).toEqual([1, 42, 42])
    await caches[0]!.clear()
    await caches[0]!.get('a', make)
    expect(made).toBe(2)
  })

  it('beacons and answers go on when it stalls, and when it is gone', async () => {
    const redis = await startRedis()
    const { post, get, collector } = await runCollector({ redis: redis.url, rateLimit: { burst: 50, perSecond: 50 } })
    expect((await post(beacon())).status).toBe(204)
    redis.stall()
    expect((await post(beacon({ page: pageId(2) }))).status).toBe(204)
    expect((await get('/__paceline/api/performance/stats')).status).toBe(200)
    await redis.kill()
    expect((await post(beacon({ page: pageId(3) }))).status).toBe(204)
    await collector.settle()
    expect((await get('/__paceline/api/performance/stats?device=desktop')).status).toBe(200)
  })
})
