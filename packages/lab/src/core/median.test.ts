import { describe, expect, test } from 'vitest'
import { medianOf, orderInterval } from './median.ts'

describe('orderInterval', () => {
  // Conover, Practical Nonparametric Statistics (1999), table of intervals for the median.
  test.each([
    [5, 1, 0.9375],
    [6, 1, 0.96875],
    [10, 2, 0.9785],
    [15, 4, 0.9648],
    [20, 6, 0.9586],
  ])('of %i figures begins at rank %i and covers %f', (n, rank, coverage) => {
    expect(orderInterval(n).rank).toBe(rank)
    expect(orderInterval(n).coverage).toBeCloseTo(coverage, 4)
  })
})

describe('medianOf', () => {
  test('is the middle of an odd number of figures and between the two of an even one', () => {
    expect(medianOf([9, 1, 5]).median).toBe(5)
    expect(medianOf([9, 1, 5, 7]).median).toBe(6)
  })

  test('says the whole range, and how little that covers, when there are few figures', () => {
    expect(medianOf([300])).toMatchObject({ low: 300, high: 300, coverage: 0 })
    expect(medianOf([3, 1, 2])).toMatchObject({ low: 1, high: 3, coverage: 0.75 })
  })
})
