import { describe, expect, test } from 'vitest'
import { fitPowerLaw } from './power-law.ts'

describe('fitPowerLaw', () => {
  test('finds the law that made the points', () => {
    const points = [1, 10, 100, 1000].map((x) => ({ x, y: 3 * x ** 1.5 }))
    const { slope, factor, r2 } = fitPowerLaw(points)!
    expect(slope).toBeCloseTo(1.5, 12)
    expect(factor).toBeCloseTo(3, 12)
    expect(r2).toBeCloseTo(1, 12)
  })

  test('is the regression of Python', () => {
    // statistics.linear_regression of Python, on the logarithms: slope 1.03808, intercept 0.11756
    const { slope, factor, r2 } = fitPowerLaw([1, 2, 4, 8].map((x, at) => ({ x, y: [1, 3, 4, 10][at]! })))!
    expect(slope).toBeCloseTo(1.03808, 5)
    expect(Math.log(factor)).toBeCloseTo(0.11756, 5)
    expect(r2).toBeLessThan(1)
    expect(r2).toBeGreaterThan(0.9)
  })

  test('leaves out what has no logarithm, and says nothing of one point', () => {
    expect(
      fitPowerLaw([
        { x: 1, y: 1 },
        { x: 10, y: -4 },
        { x: 100, y: 100 },
      ])?.slope,
    ).toBeCloseTo(1, 12)
    expect(
      fitPowerLaw([
        { x: 5, y: 1 },
        { x: 5, y: 2 },
      ]),
    ).toBeUndefined()
  })
})
