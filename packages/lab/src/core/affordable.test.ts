import { expect, test } from 'vitest'
import { affordable } from './affordable.ts'

const visits = { wanted: 10, fewest: 3, each: 5000, made: 2 }

test.each([
  ['as long as it takes without a budget', undefined, 10],
  ['all of them when there is time for more', 3_600_000, 10],
  ['what is left after those that do not count', 40_000, 6],
  ['no visit that is over only after the end', 39_999, 5],
  ['the fewest that say something, however short it is', 1000, 3],
])('%s', (_what, budget, allowed) => {
  expect(affordable({ ...visits, budget })).toBe(allowed)
})

test('a budget never asks for more than its user does', () => {
  expect(affordable({ ...visits, wanted: 1, budget: 1000 })).toBe(1)
  expect(affordable({ ...visits, wanted: 0, budget: 1000 })).toBe(0)
})
