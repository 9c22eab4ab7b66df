import { describe, expect, test } from 'vitest'
import { costBeyond, runRounds, summarise } from './rounds.ts'
import { quantile, spreadOf } from './statistics.ts'
import { childCpu } from './usage.ts'

const usage = (cpu: number) => ({ cpu, wall: cpu * 2, rss: 1 })

describe('runRounds', () => {
  test('runs the variants in turn and leaves the warm-up out', async () => {
    const order: string[] = []
    const rounds = await runRounds(['a', 'b'], { rounds: 2, warmUps: 1 }, async (variant, round) => {
      order.push(`${variant}${round}`)
      return usage(round)
    })
    expect(order).toEqual(['a-1', 'b-1', 'a0', 'b0', 'a1', 'b1'])
    expect(rounds).toEqual([
      { a: usage(0), b: usage(0) },
      { a: usage(1), b: usage(1) },
    ])
  })
})

describe('summaries', () => {
  const rounds = [
    { bare: usage(10), encode: usage(14), x: usage(15) },
    { bare: usage(20), encode: usage(24), x: usage(30) },
    { bare: usage(10), encode: usage(12), x: usage(30) },
  ]

  test('compare with the base of the same round', () => {
    const [, , x] = summarise(rounds, ['bare', 'encode', 'x'], 'bare')
    expect(x).toMatchObject({
      cpu: { median: 30, min: 15, max: 30 },
      wall: { median: 60 },
      ratio: { median: 1.5, min: 1.5, max: 3 },
    })
  })

  test('take away what another variant costs', () => {
    expect(costBeyond(rounds, 'x', 'encode', 'bare')).toEqual({ median: 0.3, min: 0.1, max: 1.8 })
  })

  test('refuse a variant that did not run', () => {
    expect(() => summarise(rounds, ['y'], 'bare')).toThrow(/`y` is missing/)
  })
})

test('quantiles are those of NumPy', () => {
  // numpy.quantile([1, 2, 4, 8], [0.5, 0.9])
  expect(quantile([8, 1, 4, 2], 0.5)).toBe(3)
  expect(quantile([8, 1, 4, 2], 0.9)).toBeCloseTo(6.8, 12)
  expect(() => spreadOf([])).toThrow(RangeError)
})

test('childCpu reads past a name with brackets and spaces', () => {
  const after = 'S 1 1 1 0 -1 4194304 100 200 0 0 11 12 13 14 20 0'
  expect(childCpu(`42 (node (x) y) ${after}`)).toBe((13 + 14) * 10)
})
