import { expect, it } from 'vitest'
import { cacheSummary } from './cache-summary.ts'
import { countStatistics } from './store/statistics.ts'
import { artifact } from './testing/samples.ts'
import { memoryTier } from './tiers/memory-tier.ts'

it('cacheSummary says what was there, where, what it saved, and what was made', () => {
  const [disk, redis] = [
    { ...memoryTier(), name: 'disk' } as const,
    { ...memoryTier(), name: 'redis', trouble: () => ({ failedWrites: 2, reason: 'it did not answer' }) } as const,
  ]
  const counter = countStatistics()
  expect(cacheSummary(counter.read([disk]))).toBeUndefined()
  counter.hit(disk, 'brotli', { ...artifact(), ms: 1500 })
  counter.hit(disk, 'gzip', { ...artifact(), ms: 500 })
  counter.hit(redis, 'gzip', { ...artifact(), ms: 300 })
  counter.damaged(disk, 'gzip')
  counter.error(redis, 'gzip')
  counter.made('zstd', 120)
  expect(cacheSummary(counter.read([disk, redis]))).toBe(
    'paceline cache: 3 of 4 results were there (disk 2, redis 1), 2.3 s saved; 1 made in 0.1 s; 1 damaged and dropped; redis lost 2 writes; redis left alone: it did not answer\n  brotli 1 of 1 (disk 1), 100 B, 1.5 s saved\n  gzip 2 of 2 (disk 1, redis 1), 200 B, 0.8 s saved, 1 errors\n  zstd 0 of 1',
  )
})
