import { expect, test } from 'vitest'
import { medianOf } from '../core/median.ts'
import { judgeLimits } from './judge-limits.ts'

const visits = { count: 3, isScripted: false }

test('a limit is held by the median, and said to be close when the interval lies on both sides of it', () => {
  const metrics = { tti: medianOf([2800, 2900, 3100]), lcp: medianOf([2600, 2700, 2800]) }
  expect(judgeLimits(metrics, { tti: 3000, lcp: 2500 }, visits)).toEqual([
    { metric: 'lcp', limit: 2500, actual: 2700, status: 'broken', close: false },
    { metric: 'tti', limit: 3000, actual: 2900, status: 'holds', close: true },
  ])
})

test('a figure that most visits did not give is unknown, never held', () => {
  expect(judgeLimits({ tti: medianOf([900]) }, { tti: 3000 }, visits)).toEqual([
    { metric: 'tti', limit: 3000, status: 'unknown', close: false },
  ])
  expect(judgeLimits({}, { tti: 3000, inp: 200 }, visits)).toEqual([
    { metric: 'tti', limit: 3000, status: 'unknown', close: false },
  ])
})

test('INP is asked of no page without a script, and missed where a script made no interaction', () => {
  expect(judgeLimits({}, { inp: 200 }, visits)).toEqual([])
  expect(judgeLimits({}, { inp: 200 }, { ...visits, isScripted: true })).toEqual([
    { metric: 'inp', limit: 200, status: 'unknown', close: false },
  ])
})
