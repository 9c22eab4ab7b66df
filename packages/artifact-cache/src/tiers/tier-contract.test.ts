import { startRedis, startRedisCluster, writeFixture } from '@paceline/testkit'
import type { TestRedis } from '@paceline/testkit'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { diskTier } from '../disk/disk-tier.ts'
import { redisTier } from '../redis/redis-tier.ts'
import { artifact, redisOptions } from '../testing/samples.ts'
import { memoryTier } from './memory-tier.ts'
import type { CacheTier } from './tier.ts'

const warned = (message: string): never => {
  throw new Error(`A warning that nobody expects: ${message}`)
}

let nodes: TestRedis[] = []

beforeAll(async () => {
  const stops: (() => Promise<void>)[] = []
  nodes = await startRedisCluster(3, { atEnd: (stop) => void stops.push(stop) })
  return async () => {
    for (const stop of stops) await stop()
  }
})

async function openCluster(cluster: boolean): Promise<() => CacheTier> {
  for (const node of nodes) await node.ask('FLUSHALL')
  return () => redisTier(redisOptions(nodes[0]!.url, { cluster }), warned)
}

/** Every way of keeping artifacts. Each gives a function that opens the same place again. */
const places: readonly (readonly [name: string, open: () => Promise<() => CacheTier>])[] = [
  [
    'memory',
    async () => {
      const values = new Map<string, Buffer>()
      return () => memoryTier(values)
    },
  ],
  [
    'disk',
    async () => {
      const dir = await writeFixture({})
      return () => diskTier(dir)
    },
  ],
  [
    'a Redis server',
    async () => {
      const { url } = await startRedis()
      return () => redisTier(redisOptions(url), warned)
    },
  ],
  [
    'a Redis server with a password',
    async () => {
      const { url } = await startRedis({ password: 'p@ss/w%rd' })
      return () => redisTier(redisOptions(url), warned)
    },
  ],
  ['a Redis Cluster', async () => openCluster(true)],
  ['a Redis Cluster that was taken for a server', async () => openCluster(false)],
]

describe.each(places)('%s', (_name, place) => {
  const opened = async (): Promise<{ tier: CacheTier; again: () => CacheTier }> => {
    const open = await place()
    const again = (): CacheTier => {
      const tier = open()
      onTestFinished(() => tier.close())
      return tier
    }
    return { tier: again(), again }
  }

  it('gives what was put, to others too, byte for byte', async () => {
    const { tier, again } = await opened()
    const kept = new Map(
      [0, 1, 1000, 300_000].map((length) => [`app:kind:v1:${length}`, artifact(length, { length, text: 'ü' })]),
    )
    for (const [key, value] of kept) expect(await tier.put(key, value)).toBeGreaterThanOrEqual(value.bytes.byteLength)
    await tier.settle()
    const other = again()
    for (const [key, { bytes, info, ms }] of kept) {
      const found = await other.get(key)
      if (!found || found === 'damaged') throw new Error(`${key}: ${found}`)
      expect(Buffer.compare(Buffer.from(found.bytes), Buffer.from(bytes))).toBe(0)
      expect({ info: found.info, ms: found.ms }).toEqual({ info, ms })
    }
    expect(await other.get('app:kind:v1:none')).toBeUndefined()
    expect(tier.trouble()).toEqual({ failedWrites: 0 })
  })

  it('gives the last of two that were put under one key', async () => {
    const { tier } = await opened()
    const second = artifact()
    await tier.put('app:kind:1', artifact())
    await tier.settle()
    await tier.put('app:kind:1', second)
    await tier.settle()
    expect(await tier.get('app:kind:1')).toMatchObject({ info: second.info, ms: second.ms })
  })

  it('lists what begins with a prefix, and removes what fits', async () => {
    const { tier } = await opened()
    const names = ['app*:brotli:1', 'app*:brotli:2', 'app*:avif:1', 'app2:brotli:1', 'app*x:avif:1']
    for (const name of names) await tier.put(name, artifact(500))
    await tier.settle()
    const list = async (prefix?: string): Promise<string[]> => {
      const keys: string[] = []
      for await (const { key, bytes, lastUsed } of tier.entries(prefix)) {
        expect(bytes).toBeGreaterThanOrEqual(500)
        expect(bytes).toBeLessThan(1500)
        expect(Math.abs(Date.now() - lastUsed)).toBeLessThan(60_000)
        keys.push(key)
      }
      return keys.sort()
    }
    expect(await list()).toEqual([...names].sort())
    // A namespace with a star in it is no pattern.
    expect(await list('app*:')).toEqual(['app*:avif:1', 'app*:brotli:1', 'app*:brotli:2'])
    const cleared = await tier.clear('app*:', (key) => key.includes('brotli'))
    expect(cleared.entries).toBe(2)
    expect(cleared.bytes).toBeGreaterThanOrEqual(1000)
    expect(await list()).toEqual(['app*:avif:1', 'app*x:avif:1', 'app2:brotli:1'])
    expect(await tier.get('app*:brotli:1')).toBeUndefined()
    expect([await tier.has('app*:avif:1'), await tier.has('app*:brotli:1')]).toEqual([true, false])
    expect(await tier.remove('app*:avif:1')).toBe(true)
    expect(await tier.remove('app*:avif:1')).toBe(false)
    expect(await tier.get('app*:avif:1')).toBeUndefined()
  })

  it('answers many at once', async () => {
    const { tier } = await opened()
    const kept = Array.from({ length: 300 }, (_, index) => [`app:kind:${index}`, artifact(2000)] as const)
    await Promise.all(kept.map(([key, value]) => tier.put(key, value)))
    await tier.settle()
    const found = await Promise.all(kept.map(([key]) => tier.get(key)))
    const bytes = found.map((value) =>
      value && value !== 'damaged' ? Buffer.from(value.bytes).toString('hex') : value,
    )
    expect(bytes).toEqual(kept.map(([, value]) => Buffer.from(value.bytes).toString('hex')))
  })
})
