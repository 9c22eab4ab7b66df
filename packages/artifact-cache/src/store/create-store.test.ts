import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { cacheKey } from '../cache-key.ts'
import { memoryTier } from '../tiers/memory-tier.ts'
import type { CacheTier } from '../tiers/tier.ts'
import { artifact, recipe } from '../testing/samples.ts'
import { createStore } from './create-store.ts'
import type { ArtifactStore, MadeArtifact } from './open-artifact-store.ts'

type Store = Omit<ArtifactStore, 'pruneWhenDue'>

function storeOf(tiers: readonly CacheTier[]): { store: Store; warnings: string[] } {
  const warnings: string[] = []
  const keyOf = (of: Parameters<typeof cacheKey>[1]): string => cacheKey('app', of)
  return { store: createStore({ keyOf, tiers, warn: (message) => void warnings.push(message) }), warnings }
}

const made = (length = 100, ms = 250): MadeArtifact => ({ artifact: artifact(length), ms })
const near = (values?: Map<string, Buffer>): CacheTier => ({ ...memoryTier(values), name: 'disk' })
const far = (values?: Map<string, Buffer>): CacheTier => ({ ...memoryTier(values), name: 'redis' })

describe('make', () => {
  it('makes what no tier has, once, and finds it from then on', async () => {
    const { store } = storeOf([near(), far()])
    const run = vi.fn<() => Promise<MadeArtifact>>(async () => made())
    const first = await store.make(recipe('a'), run)
    const second = await store.make(recipe('a'), run)
    expect(run).toHaveBeenCalledTimes(1)
    expect(second).toMatchObject({ info: first.info })
    expect(Buffer.from(second.bytes).equals(Buffer.from(first.bytes))).toBe(true)
    expect(await store.find(recipe('b'))).toBeUndefined()
  })

  it('puts what the far tier had into the near one', async () => {
    const values = new Map<string, Buffer>()
    await storeOf([far(values)]).store.make(recipe('a'), async () => made(100, 250))
    const { store } = storeOf([near(), far(values)])
    for (let n = 0; n < 3; n++) await store.make(recipe('a'), () => Promise.reject(new Error('not again')))
    const [disk, redis] = store.statistics().tiers
    expect(disk!.total).toMatchObject({ hits: 2, misses: 1, writes: 1, bytesRead: 200, savedMs: 500 })
    expect(redis!.total).toMatchObject({ hits: 1, misses: 0, writes: 0, bytesRead: 100, savedMs: 250 })
  })

  it('shares one piece of work between all who ask at the same time', async () => {
    const { store } = storeOf([near()])
    const run = vi.fn<() => Promise<MadeArtifact>>(async () => {
      await sleep(20)
      return made()
    })
    const all = await Promise.all(Array.from({ length: 20 }, () => store.make(recipe('a'), run)))
    expect(run).toHaveBeenCalledTimes(1)
    expect(new Set(all).size).toBe(1)
    expect(store.statistics().shared).toBe(19)
  })

  it('stores nothing of work that failed, and tries it again for the next who asks', async () => {
    const values = new Map<string, Buffer>()
    const { store } = storeOf([near(values)])
    const failing = store.make(recipe('a'), () => Promise.reject(new Error('encoder')))
    await expect(failing).rejects.toThrow('encoder')
    expect(values.size).toBe(0)
    await store.make(recipe('a'), async () => made())
    expect(values.size).toBe(1)
  })

  it('refuses to store what is too much to be told beside an artifact', async () => {
    const { store } = storeOf([near()])
    const large = { artifact: artifact(1, { text: 'x'.repeat(5000) }), ms: 1 }
    await expect(store.make(recipe('a'), async () => large)).rejects.toThrow(
      expect.objectContaining({ code: 'PACELINE_CACHE_INFO_TOO_LARGE' }),
    )
  })

  it('makes a damaged entry again, and counts it', async () => {
    const values = new Map<string, Buffer>()
    const { store } = storeOf([near(values)])
    await store.make(recipe('a'), async () => made())
    for (const value of values.values()) value[value.length - 1]! ^= 1
    const run = vi.fn<() => Promise<MadeArtifact>>(async () => made())
    await store.make(recipe('a'), run)
    await store.make(recipe('a'), run)
    expect(run).toHaveBeenCalledTimes(1)
    expect(store.statistics().tiers[0]!.kinds['brotli']).toMatchObject({ damaged: 1, misses: 2, hits: 1 })
  })

  it('goes on without a tier that fails, with one warning', async () => {
    const broken: CacheTier = {
      ...near(),
      get: () => Promise.reject(new Error('EACCES: permission denied')),
      put: () => Promise.reject(new Error('ENOSPC: no space left')),
    }
    const { store, warnings } = storeOf([broken, far()])
    for (const input of ['a', 'b', 'a']) await store.make(recipe(input), async () => made())
    expect(warnings).toEqual([
      '`cache` cannot use its directory; EACCES: permission denied. The build goes on without what it cannot keep.',
    ])
    const [disk, redis] = store.statistics().tiers
    expect(disk!.total).toMatchObject({ hits: 0, misses: 0, errors: 6, writes: 0 })
    expect(redis!.total).toMatchObject({ hits: 1, misses: 2 })
  })
})

describe('statistics', () => {
  it('tell what failed, at once or later, and was not asked for any more, from what was not there', async () => {
    const later: (() => void)[] = []
    let isOpen = true
    const remote: CacheTier = {
      ...far(),
      async get(_key, fate) {
        if (isOpen) fate?.failed()
        else fate?.unasked()
        isOpen = false
        return undefined
      },
      async put(_key, { bytes }, lost) {
        if (later.length === 0) later.push(() => lost?.())
        else lost?.()
        return bytes.byteLength
      },
    }
    const { store } = storeOf([remote])
    for (const input of ['a', 'b']) await store.make(recipe(input), async () => made(10))
    const total = () => store.statistics().tiers[0]!.kinds['brotli']
    expect(total()).toMatchObject({ misses: 0, errors: 2, writes: 1, bytesWritten: 10 })
    later[0]!()
    expect(total()).toMatchObject({ misses: 0, errors: 3, writes: 0, bytesWritten: 0 })
  })

  it('tell each kind by itself, and begin anew when they are taken', async () => {
    const { store } = storeOf([near()])
    await store.make(recipe('a', 'brotli'), async () => made(10, 100))
    await store.make(recipe('a', 'avif'), async () => made(20, 200))
    await store.make(recipe('a', 'avif'), async () => made(20, 200))
    const taken = store.takeStatistics()
    expect(taken.made).toEqual({ avif: { count: 1, ms: 200 }, brotli: { count: 1, ms: 100 } })
    expect(taken.tiers[0]!.kinds['avif']).toMatchObject({ hits: 1, misses: 1, bytesRead: 20, savedMs: 200 })
    expect(taken.tiers[0]!.total).toMatchObject({ hits: 1, misses: 2, writes: 2 })
    expect(store.statistics()).toMatchObject({ made: {}, shared: 0 })
    expect(store.statistics().tiers[0]!.total.hits).toBe(0)
  })
})
