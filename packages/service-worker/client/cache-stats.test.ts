import { expect, test } from 'vitest'
import { summarizeStatistics } from './cache-stats.ts'

test('sums up what was answered from caches', () => {
  const stats = summarizeStatistics({
    since: 1_790_000_000_000,
    counts: { script: { hits: 3, misses: 1, bytesSaved: 300 }, api: { hits: 0, misses: 4, bytesSaved: 0 } },
  })
  expect(stats).toMatchObject({ since: 1_790_000_000_000, hits: 3, misses: 5, bytesSaved: 300, hitRate: 3 / 8 })
  expect(stats.kinds.script?.hitRate).toBe(0.75)
  expect(stats.kinds.api?.hitRate).toBe(0)
})

test('has no rate before the first request', () => {
  expect(summarizeStatistics({ since: 1, counts: {} }).hitRate).toBeUndefined()
})
