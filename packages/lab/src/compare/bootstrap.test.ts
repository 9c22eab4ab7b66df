import { describe, expect, test } from 'vitest'
import { randomFrom } from '../core/random.ts'
import { holm, pairedRatio } from './bootstrap.ts'

/** Normal figures by Box and Muller. */
function normals(seed: number): (mean: number, deviation: number) => number {
  const random = randomFrom(seed)
  return (mean, deviation) =>
    mean + deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

describe('pairedRatio', () => {
  test("has the interval of Student's t for normal differences", () => {
    const normal = normals(3)
    const baseline = Array.from({ length: 12 }, () => Math.exp(normal(5, 0.2)))
    const candidate = baseline.map((value) => value * Math.exp(normal(0.1, 0.04)))
    const logs = candidate.map((value, index) => Math.log(value / baseline[index]!))
    const mean = logs.reduce((sum, value) => sum + value, 0) / 12
    const deviation = Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 11)
    // t with 11 degrees of freedom, 99.5 %.
    const half = (3.106 * deviation) / Math.sqrt(12)
    const found = pairedRatio(baseline, candidate)
    expect(found.ratio).toBeCloseTo(Math.exp(mean), 10)
    expect(Math.abs(Math.log(found.low) - (mean - half))).toBeLessThan(0.4 * half)
    expect(Math.abs(Math.log(found.high) - (mean + half))).toBeLessThan(0.4 * half)
  })

  test('covers the truth about as often as it says, with ten pairs', () => {
    const normal = normals(8)
    let missed = 0
    for (let experiment = 0; experiment < 120; experiment++) {
      const baseline = Array.from({ length: 10 }, () => 100 + normal(0, 3))
      const candidate = baseline.map((value) => value + normal(0, 3))
      const { low, high } = pairedRatio(baseline, candidate)
      if (low > 1 || high < 1) missed++
    }
    // 1 % of 120 are 1.2; more than 6 would come about once in two thousand.
    expect(missed).toBeLessThanOrEqual(6)
  })

  test('is certain of figures that never vary, and refuses what is not paired', () => {
    expect(pairedRatio([2, 2, 2], [3, 3, 3])).toMatchObject({ ratio: 1.5, low: 1.5, high: 1.5, p: 0 })
    expect(pairedRatio([2, 2, 2], [2, 2, 2])).toMatchObject({ ratio: 1, p: 1 })
    expect(() => pairedRatio([1, 2, 3], [1, 2])).toThrow(/received 3 and 2/)
  })
})

test("holm gives R's p.adjust(c(0.01, 0.04, 0.03, 0.005), 'holm')", () => {
  expect(holm([0.01, 0.04, 0.03, 0.005]).map((p) => Number(p.toFixed(6)))).toEqual([0.03, 0.06, 0.06, 0.02])
})
