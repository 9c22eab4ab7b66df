import { expect, test } from 'vitest'
import { rankCorrelation } from './rank-correlation.ts'

test('gives what SciPy gives for a list without ties', () => {
  // scipy.stats.spearmanr([106, 86, 100, 101, 99, 103, 97, 113, 112, 110], [7, 0, 27, 50, 28, 29, 20, 12, 6, 17]), the example of Wikipedia
  const iq = [106, 86, 100, 101, 99, 103, 97, 113, 112, 110]
  const hours = [7, 0, 27, 50, 28, 29, 20, 12, 6, 17]
  expect(rankCorrelation(iq, hours)).toBeCloseTo(-29 / 165, 12)
})

test('gives ties the mean of their ranks', () => {
  expect(rankCorrelation([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(0.9486832980505138, 12)
})

test('gives 1 for the same order and -1 for the opposite one', () => {
  expect(rankCorrelation([1, 5, 9], [10, 11, 400])).toBe(1)
  expect(rankCorrelation([1, 5, 9], [3, 2, 1])).toBe(-1)
})

test('refuses lists of different length', () => {
  expect(() => rankCorrelation([1], [1, 2])).toThrow('must have as many values')
})
