import { startRedis, startRedisCluster } from '@paceline/testkit'
import type { TestRedis } from '@paceline/testkit'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { ResolvedRedisOptions } from '../options.ts'
import { relay } from '../testing/relay.ts'
import { artifact, redisOptions } from '../testing/samples.ts'
import type { CacheTier } from '../tiers/tier.ts'
import { redisTier } from './redis-tier.ts'

afterEach(() => void vi.useRealTimers())

/** What waiting may cost, with a margin for a machine that has other things to do. */
const SECOND = 1500

function opened(url: string, more: Partial<ResolvedRedisOptions> = {}): { tier: CacheTier; warnings: string[] } {
  const warnings: string[] = []
  const tier = redisTier(redisOptions(url, more), (message) => void warnings.push(message))
  onTestFinished(() => tier.close())
  return { tier, warnings }
}

/** Does what a build does, in the worst way: one request after the other. Gives how long it took. */
async function build(tier: CacheTier, requests = 30): Promise<number> {
  const begun = performance.now()
  for (let index = 0; index < requests; index++) {
    const key = `app:kind:${index}`
    if ((await tier.get(key)) === undefined) await tier.put(key, artifact(1000))
  }
  await tier.settle()
  return performance.now() - begun
}

/** Redis is left alone after this, and the user was told once. */
async function expectCalm(tier: CacheTier, warnings: readonly string[], problem: string | RegExp): Promise<void> {
  expect(await build(tier)).toBeLessThan(SECOND)
  expect(await build(tier)).toBeLessThan(SECOND)
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toMatch(problem)
  expect(warnings[0]).toMatch(/^`cache\.redis` at redis:\/\/\S+ .*\. The build goes on with the cache on disk\. .*\.$/)
  expect(warnings[0]).not.toContain('secret')
  expect(tier.trouble().reason).toMatch(problem)
}

describe('a Redis that cannot be used', () => {
  it('refuses connections', async () => {
    const redis = await startRedis()
    await redis.kill()
    const { tier, warnings } = opened(`redis://:secret@127.0.0.1:${redis.port}`)
    await expectCalm(tier, warnings, 'refused the connection (ECONNREFUSED)')
  })

  it('has a host that nobody knows', async () => {
    const { tier, warnings } = opened('redis://me:secret@no-such-host.invalid:6379')
    await expectCalm(tier, warnings, /has a host name that|did not answer/)
  })

  it('takes connections and says nothing', async () => {
    const redis = await startRedis()
    const { tier, warnings } = opened(`redis://127.0.0.1:${await relay(redis.port, Infinity)}`)
    await expectCalm(tier, warnings, 'did not answer within 500 ms')
  })

  it('says nothing when it is asked as a cluster', async () => {
    const redis = await startRedis()
    const { tier, warnings } = opened(`redis://127.0.0.1:${await relay(redis.port, Infinity)}`, { cluster: true })
    await expectCalm(tier, warnings, 'did not answer within 500 ms')
  })

  it('has another password', async () => {
    const { port } = await startRedis({ password: 'right' })
    const { tier, warnings } = opened(`redis://:secret@127.0.0.1:${port}`)
    await expectCalm(tier, warnings, 'refused user or password')
    const { tier: without, warnings: others } = opened(`redis://127.0.0.1:${port}`)
    await expectCalm(without, others, 'refused user or password')
  })

  it('has no such database', async () => {
    const { url } = await startRedis()
    const { tier, warnings } = opened(`${url}/99`)
    await expectCalm(tier, warnings, 'has no such database')
  })

  it('is no cluster though it was said to be one', async () => {
    const { url } = await startRedis()
    const { tier, warnings } = opened(url, { cluster: true })
    await expectCalm(tier, warnings, 'cluster')
  })

  it('answers each request in time, but costs more than it saves', async () => {
    const redis = await startRedis()
    const { tier, warnings } = opened(`redis://127.0.0.1:${await relay(redis.port, 300)}`)
    await expectCalm(tier, warnings, 'is slow: waiting for it cost 900 ms more than it saved')
  })
})

describe('a Redis that fails in the middle', () => {
  const faults: Readonly<Record<string, (redis: TestRedis) => unknown>> = {
    'is killed': (redis) => redis.kill(),
    stalls: (redis) => redis.stall(),
  }

  it.each(Object.keys(faults))('%s while requests are under way', async (name) => {
    const redis = await startRedis()
    const { tier, warnings } = opened(redis.url)
    expect(await build(tier)).toBeLessThan(SECOND)
    expect(warnings).toEqual([])
    const fate = { failed: vi.fn<() => void>(), unasked: vi.fn<() => void>() }
    const requests = Array.from({ length: 200 }, (_, index) => tier.get(`app:kind:${index % 40}`, fate))
    await faults[name]!(redis)
    const begun = performance.now()
    // Nothing rejects, and what is lost is a miss.
    await Promise.all([...requests, ...Array.from({ length: 200 }, (_, index) => tier.get(`app:kind:${index}`))])
    expect(performance.now() - begun).toBeLessThan(SECOND)
    // What arrived before is a hit; all else is an error, and not a miss.
    const answered = (await Promise.all(requests)).filter((found) => found !== undefined)
    expect(answered.length + fate.failed.mock.calls.length + fate.unasked.mock.calls.length).toBe(200)
    expect(fate.failed.mock.calls.length).toBeGreaterThan(0)
    await expectCalm(tier, warnings, name === 'stalls' ? 'did not answer within 500 ms' : /refused|closed/)
  })

  it.each(Object.keys(faults))('%s while results are on their way', async (name) => {
    const redis = await startRedis()
    const { tier, warnings } = opened(redis.url)
    await build(tier, 1)
    const fate = { failed: vi.fn<() => void>(), unasked: vi.fn<() => void>() }
    for (let index = 0; index < 40; index++) await tier.put(`app:late:${index}`, artifact(1_000_000), fate.failed)
    await faults[name]!(redis)
    const begun = performance.now()
    await tier.settle()
    expect(performance.now() - begun).toBeLessThan(SECOND)
    expect(tier.trouble().failedWrites).toBeGreaterThan(0)
    expect(fate.failed).toHaveBeenCalledTimes(tier.trouble().failedWrites)
    expect(warnings).toHaveLength(1)
    expect(await tier.get('app:late:0', fate)).toBeUndefined()
    expect(fate.unasked).toHaveBeenCalledTimes(1)
  })

  it('is used again when it is back, after a while, without anybody waiting for it', async () => {
    const redis = await startRedis()
    const { tier, warnings } = opened(redis.url)
    await build(tier)
    redis.stall()
    await tier.get('app:kind:1')
    expect(tier.trouble().reason).toBeDefined()
    redis.resume()
    expect(await tier.get('app:kind:1')).toBeUndefined()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11_000 })
    // This one asks, and does not wait for the answer.
    expect(await tier.get('app:kind:1')).toBeUndefined()
    await vi.waitFor(async () => expect(await tier.get('app:kind:1')).toMatchObject({ ms: 12.5 }), { timeout: 5000 })
    expect(tier.trouble()).toEqual({ failedWrites: 0 })
    expect(warnings).toHaveLength(1)
  })
})

describe('a Redis that is far away', () => {
  it('is used for all of a build that asks for much at once', async () => {
    const redis = await startRedis()
    const { tier: near } = opened(redis.url)
    for (let index = 0; index < 400; index++) await near.put(`app:kind:${index}`, artifact(20_000))
    await near.settle()
    const { tier, warnings } = opened(`redis://127.0.0.1:${await relay(redis.port, 50)}`)
    const found = await Promise.all(Array.from({ length: 800 }, (_, index) => tier.get(`app:kind:${index}`)))
    expect(found.filter((value) => value !== undefined)).toHaveLength(400)
    expect(warnings).toEqual([])
  })
})

describe('a Redis that refuses writes', () => {
  const refusals: Readonly<Record<string, readonly [problem: string, ...command: string[]]>> = {
    'is full': ['is full (OOM)', 'CONFIG', 'SET', 'maxmemory', '1'],
    'is a replica': ['is a replica that cannot be written (READONLY)', 'REPLICAOF', '127.0.0.1', '1'],
    'lets nobody write': ['lets this user not write (NOPERM)', 'ACL', 'SETUSER', 'default', '-@write'],
  }

  it.each(Object.keys(refusals))('%s, and is read all the same', async (name) => {
    const redis = await startRedis()
    const { tier, warnings } = opened(redis.url)
    await tier.put('app:kind:before', artifact(2000))
    await tier.settle()
    const [problem, ...command] = refusals[name]!
    await redis.ask(...command)
    for (let index = 0; index < 20; index++) await tier.put(`app:kind:${index}`, artifact(2000))
    await tier.settle()
    expect(await tier.get('app:kind:before')).toMatchObject({ ms: 12.5 })
    expect(await tier.get('app:kind:3')).toBeUndefined()
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain(`${problem}. It is still read, and new results stay on disk.`)
    expect(tier.trouble().reason).toContain(problem)
    expect(tier.trouble().failedWrites).toBeGreaterThan(0)
    expect(await tier.put('app:kind:after', artifact())).toBe(0)
  })
})

describe('a user with a name', () => {
  it('may be one who only reads, as the documentation has it', async () => {
    const redis = await startRedis()
    const { tier: writer } = opened(redis.url)
    await writer.put('app:kind:1', artifact())
    await writer.settle()
    await redis.ask('ACL', 'SETUSER', 'ci', 'on', '>se%cret', '~paceline:*', '+get', '+getex', '+ping')
    const { tier, warnings } = opened(`redis://ci:se%25cret@127.0.0.1:${redis.port}`)
    expect(await tier.get('app:kind:1')).toMatchObject({ ms: 12.5 })
    await tier.put('app:kind:2', artifact())
    await tier.settle()
    expect(await tier.get('app:kind:1')).toMatchObject({ ms: 12.5 })
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain(`redis://ci:***@127.0.0.1:${redis.port} lets this user not write (NOPERM)`)
  })
})

describe('a cluster', () => {
  it('that loses a node is left alone', async () => {
    const nodes = await startRedisCluster()
    const { tier, warnings } = opened(nodes[0]!.url, { cluster: true })
    expect(await build(tier)).toBeLessThan(SECOND)
    await nodes[2]!.kill()
    await expectCalm(tier, warnings, /refused|closed/)
  })
})

describe('values', () => {
  it('that were changed are dropped and told', async () => {
    const redis = await startRedis()
    const { tier } = opened(redis.url)
    const key = 'paceline:app:kind:1'
    for (const offset of [0, 10, 36, 45, 150]) {
      await tier.put('app:kind:1', artifact(200))
      await tier.settle()
      await redis.ask('SETRANGE', key, `${offset}`, '\u0001')
      expect(await tier.get('app:kind:1')).toBe('damaged')
      await vi.waitFor(async () => expect(await redis.ask('EXISTS', key)).toContain(':0'))
    }
    await redis.ask('LPUSH', key, 'x')
    expect(await tier.get('app:kind:1')).toBe('damaged')
  })

  it('live on with every hit', async () => {
    const redis = await startRedis()
    const { tier } = opened(redis.url, { ttl: 1000 })
    await tier.put('app:kind:1', artifact())
    await tier.settle()
    const timeToLive = async (): Promise<number> =>
      Number(/:(\d+)/.exec(await redis.ask('TTL', 'paceline:app:kind:1'))![1])
    expect(await timeToLive()).toBeGreaterThan(990)
    await redis.ask('EXPIRE', 'paceline:app:kind:1', '10')
    expect(await tier.get('app:kind:1')).toMatchObject({ ms: 12.5 })
    expect(await timeToLive()).toBeGreaterThan(990)
  })

  it('over 64 MB are not stored, which is nothing to warn of', async () => {
    const redis = await startRedis()
    const { tier, warnings } = opened(redis.url)
    expect(await tier.put('app:kind:1', artifact(65 * 2 ** 20))).toBe(0)
    await tier.settle()
    expect(await redis.ask('DBSIZE')).toContain(':0')
    expect(warnings).toEqual([])
  })
})
