import { expect, test } from 'vitest'
import { pairedInterval } from './paired-interval.ts'

test('differences around nothing have an interval with nothing in it', () => {
  const { low, high, mean, pairs } = pairedInterval([-3, -1, 0, 1, 3, -2, 2])
  expect({ mean, pairs }).toEqual({ mean: 0, pairs: 7 })
  expect(low).toBeLessThan(0)
  expect(high).toBeGreaterThan(0)
})

test('the interval of a clear difference agrees with Student: mean ± t · s / √n', () => {
  const differences = Array.from({ length: 40 }, (_, index) => 10 + (index % 5) - 2)
  const { low, high } = pairedInterval(differences)
  const half = (2.0227 * Math.sqrt(2 * (40 / 39))) / Math.sqrt(40)
  expect(low).toBeCloseTo(10 - half, 1)
  expect(high).toBeCloseTo(10 + half, 1)
})

test('of no pairs there is no interval', () => {
  expect(() => pairedInterval([])).toThrow(RangeError)
})
