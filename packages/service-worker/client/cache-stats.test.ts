import { expect, test } from 'vitest'
import { summarizeStatistics } from './cache-stats.ts'

test('sums up what was answered from caches', () => {
  const stats = summarizeStatistics({
    script: { hits: 3, misses: 1, bytesSaved: 300 },
    api: { hits: 0, misses: 4, bytesSaved: 0 },
  })
  expect(stats).toMatchObject({ hits: 3, misses: 5, bytesSaved: 300, hitRate: 3 / 8 })
  expect(stats.kinds.script?.hitRate).toBe(0.75)
  expect(stats.kinds.api?.hitRate).toBe(0)
})

test('has no rate before the first request', () => {
  expect(summarizeStatistics({}).hitRate).toBeUndefined()
})
