import { describe, expect, it } from 'vitest'
import { QueryCache } from './query-cache.ts'
import type { SharedCache } from './query-cache.ts'

function fakeShared(): SharedCache & { readonly values: Map<string, string> } {
  const values = new Map<string, string>()
  const claims = new Set<string>()
  return {
    values,
    get: async (key) => values.get(key),
    async set(key, value) {
      values.set(key, value)
      claims.delete(key)
    },
    async claim(key) {
      if (claims.has(key)) return false
      claims.add(key)
      return true
    },
    clear: async () => values.clear(),
  }
}

const slow = (value: number) => {
  let calls = 0
  return {
    calls: () => calls,
    make: async () => {
      calls++
      await new Promise((resolve) => setTimeout(resolve, 20))
      return value
    },
  }
}

it('does not keep an answer for longer when the clock is set back', async () => {
  let now = 3_600_000
  const cache = new QueryCache(2000, () => now)
  const sources: string[] = []
  const ask = async (): Promise<void> => void sources.push((await cache.get('a', async () => 1)).source)
  await ask()
  now = 1000
  await ask()
  await ask()
  expect(sources).toEqual(['store', 'store', 'memory'])
})

describe('QueryCache', () => {
  it('asks once for a hundred who ask at the same time, and again when the answer is old', async () => {
    let now = 0
    const cache = new QueryCache(1000, () => now)
    const { make, calls } = slow(7)
    const answers = await Promise.all(Array.from({ length: 100 }, () => cache.get('a', make)))
    expect(answers.every(({ value }) => value === 7)).toBe(true)
    expect(calls()).toBe(1)
    expect(cache.statistics()).toMatchObject({ misses: 1, joined: 99, hits: 0 })
    now = 999
    expect(await cache.get('a', make)).toEqual({ value: 7, source: 'memory' })
    now = 1000
    expect(await cache.get('a', make)).toEqual({ value: 7, source: 'store' })
  })

  it('shares answers, and the work for them, between instances', async () => {
    const shared = fakeShared()
    const caches = [1, 2, 3].map(() => new QueryCache(1000, () => 0, shared))
    const { make, calls } = slow(3)
    const answers = await Promise.all(caches.map((cache) => cache.get('a', make)))
    expect(calls()).toBe(1)
    expect(answers.map(({ source }) => source).toSorted()).toEqual(['shared', 'shared', 'store'])
  })

  it('does not keep a failure, nor what was asked for before it was cleared', async () => {
    const cache = new QueryCache(1000, () => 0, fakeShared())
    await expect(cache.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    const { make, calls } = slow(1)
    const asked = cache.get('b', make)
    await cache.clear()
    await asked
    await cache.get('b', make)
    expect(calls()).toBe(2)
  })

  it('keeps a bounded number of answers', async () => {
    const cache = new QueryCache(1000, () => 0)
    for (let index = 0; index < 2000; index++) await cache.get(`${index}`, async () => index)
    expect(cache.statistics().entries).toBe(500)
  })
})
