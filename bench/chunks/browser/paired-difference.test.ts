import { expect, test } from 'vitest'
import { pairedDifference } from './paired-difference.ts'

test('pairedDifference has the interval that the normal approximation gives, for many pairs', () => {
  const a = Array.from({ length: 400 }, (_, index) => 1000 + ((index * 7919) % 100))
  const b = a.map((value, index) => value - 20 + ((index * 104_729) % 61) - 30)
  const differences = b.map((value, index) => value - a[index]!)
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (differences.length - 1)
  const half = 1.96 * Math.sqrt(variance / differences.length)
  const found = pairedDifference(a, b)
  expect(found.mean).toBeCloseTo(mean, 10)
  expect(Math.abs(found.low - (mean - half))).toBeLessThan(0.1 * half)
  expect(Math.abs(found.high - (mean + half))).toBeLessThan(0.1 * half)
})

test('pairedDifference of a difference that never varies is that difference', () => {
  expect(pairedDifference([1, 2, 3], [3, 4, 5])).toEqual({ pairs: 3, mean: 2, low: 2, high: 2 })
})

test('pairedDifference refuses what is not paired', () => {
  expect(() => pairedDifference([1, 2], [1])).toThrow(/received 2 and 1/)
})
