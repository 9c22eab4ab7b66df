import { seeded } from '@paceline/testkit/seeded'
import { describe, expect, it } from 'vitest'
import { releaseRecord } from '../testing/records.ts'
import { planPruning } from './plan-pruning.ts'

describe('planPruning', () => {
  it('never takes the newest, and leaves no more than the limits allow', () => {
    const next = seeded(5)
    for (let round = 0; round < 200; round++) {
      const count = Math.floor(next() * 9)
      const records = Array.from({ length: count }, (_, index) => releaseRecord(1000 * (count - index), []))
      const releases = Math.floor(next() * 6)
      const maxAge = next() < 0.5 ? undefined : Math.floor(next() * 6_000_000)
      const now = Date.parse(records[0]?.createdAt ?? '2026-01-01') + 500_000
      const gone = new Set(planPruning(records, { releases, maxAge }, now))
      const kept = records.filter((record) => !gone.has(record))
      expect(kept[0]).toBe(records[0])
      expect(kept.length).toBeLessThanOrEqual(releases + 1)
      for (const { createdAt } of kept.slice(1))
        expect(now - Date.parse(createdAt)).toBeLessThanOrEqual(maxAge ?? Infinity)
      // And takes nothing else.
      for (const record of gone) {
        const isOver = records.indexOf(record) > releases
        expect(isOver || now - Date.parse(record.createdAt) > (maxAge ?? Infinity)).toBe(true)
      }
    }
  })
})
