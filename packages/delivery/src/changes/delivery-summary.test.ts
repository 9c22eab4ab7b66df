import type { DeliveryReport } from '@paceline/build-graph'
import { describe, expect, it } from 'vitest'
import { deliverySummary } from './delivery-summary.ts'

const release = (name: string) => ({ release: name, files: 1, bytes: 1 })
const change = (cause: DeliveryReport['changes'][number]['cause'], by: readonly string[]) => ({
  file: 'a.js',
  was: 'b.js',
  cause,
  by,
  brotli: 1,
})
const section: DeliveryReport = {
  releases: [release('aaaaaaaaaaaa'), release('bbbbbbbbbbbb'), release('cccccccccccc')],
  routes: [
    { id: '/', new: 9000, returning: [{ release: 'bbbbbbbbbbbb', brotli: 100, deltas: 10 }] },
    { id: '/notes', new: 12_000, returning: [{ release: 'bbbbbbbbbbbb', brotli: 4000, deltas: 200 }] },
  ],
  changes: [
    change('own code', ['src/a.ts']),
    change('own code', ['src/b.ts', 'src/c.ts', 'src/d.ts', 'src/a.ts']),
    change('cascade', ['assets/x.js']),
  ],
  deltas: { kept: 4, keptBytes: 1200, dropped: 1, droppedBytes: 900 },
  besides: [],
}

describe('deliverySummary', () => {
  it('says what changed, why, and what coming back costs where it costs most', () => {
    expect(deliverySummary(section)).toBe(
      [
        'paceline delivery: 2 earlier releases kept, newest bbbbbbbbbbbb',
        '  3 hashed files changed: 2 own code (src/a.ts, src/b.ts, src/c.ts and 1 more), 1 cascade',
        '  4 deltas, 1.2 kB; 1 dropped, brotli is hardly larger',
        '  returning to /notes: 200 B with deltas, 4 kB without, 12 kB for a new visitor (brotli)',
      ].join('\n'),
    )
  })

  it('says nothing of a first release', () => {
    expect(deliverySummary({ ...section, releases: [release('aaaaaaaaaaaa')] })).toBeUndefined()
  })
})
