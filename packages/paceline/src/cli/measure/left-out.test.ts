import type { RouteComparison } from '@paceline/lab'
import { expect, test } from 'vitest'
import { leftOut } from './left-out.ts'

type Measured = Parameters<typeof leftOut>[1]['measurements'][number]

const measured = (runs: number): Measured => ({ route: '/', profile: 'none', kind: 'cold' as const, runs })
const compared = (pairs: number): RouteComparison => {
  const control = { pairs: pairs / 2, ratio: 1, low: 1, high: 1, p: 1 }
  const time = { ...control, pairs, control, name: 'task' as const, baseline: 1, candidate: 1, adjusted: 1 }
  const counts = { visits: 6, counts: [], modules: [], packages: [], steadyShare: 1, unsteady: [] }
  return { route: '/', ...counts, cpu: [{ ...time, status: 'same' }], verdict: 'holds', reasons: [] }
}

test('visits that were left out are told, of the limits and of the comparison', () => {
  expect(leftOut({ runs: 10, blocks: 8 }, { measurements: [measured(4)], comparisons: [compared(8)] })).toEqual([
    '/ on none, cold: 4 of 10 visits, `--budget-time` left no time for more.',
    '/: CPU times of 8 of 16 visits of each build, `--budget-time` left no time for more.',
  ])
})

test('nothing is said where all were made, and of counts alone', () => {
  const all = { measurements: [measured(10)], comparisons: [compared(16)] }
  expect(leftOut({ runs: 10, blocks: 8 }, all)).toEqual([])
  expect(leftOut({ runs: 0, blocks: 0 }, { measurements: [], comparisons: [{ ...compared(16), cpu: [] }] })).toEqual([])
})
