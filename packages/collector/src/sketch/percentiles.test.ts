import { describe, expect, it } from 'vitest'
import { seeded } from '@paceline/testkit/seeded'
import { ACCURACY, addToBucket, bucketOf, LAST_BUCKET, valueOf, ZERO_BUCKET } from './buckets.ts'
import type { Buckets } from './buckets.ts'
import { isEnough, percentiles } from './percentiles.ts'

const WANTED = [0.5, 0.75, 0.95, 0.99]

function counted(values: Iterable<number>): Buckets {
  const buckets: Buckets = new Map()
  for (const value of values) addToBucket(buckets, bucketOf(value), 1)
  return buckets
}

describe('percentiles', () => {
  it('are within 1 % of the exact ones over a million values of three shapes', () => {
    const random = seeded(9)
    const shapes = [
      () => Math.exp(7 + 0.8 * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())),
      () => random() * 0.5,
      () => (random() < 0.9 ? 20 + random() * 5 : 4000 / (1 - random() * 0.99)),
    ]
    for (const shape of shapes) {
      const values = Float64Array.from({ length: 1_000_000 }, shape)
      const found = percentiles(counted(values), WANTED)
      values.sort()
      for (const [index, p] of WANTED.entries()) {
        const exact = values[Math.ceil(values.length * p) - 1]!
        expect(Math.abs(found[index]!.value - exact) / exact).toBeLessThanOrEqual(ACCURACY + 1e-9)
      }
    }
  })

  it('are left out where the interval ends outside of the sample', () => {
    const few = counted(Array.from({ length: 40 }, (_, index) => index + 1))
    expect(percentiles(few, WANTED).map((percentile) => percentile === undefined)).toEqual([false, false, true, true])
    expect([isEnough(380, 0.99), isEnough(381, 0.99)]).toEqual([false, true])
    expect(percentiles(new Map(), [0.5])).toEqual([undefined])
  })

  it('have an interval that holds the true value in 95 of 100 samples', () => {
    const random = seeded(4)
    let held = 0
    for (let round = 0; round < 400; round++) {
      const [p75] = percentiles(counted(Array.from({ length: 200 }, () => random() * 1000)), [0.75])
      if (p75!.low * (1 - ACCURACY) <= 750 && p75!.high * (1 + ACCURACY) >= 750) held++
    }
    expect(held / 400).toBeGreaterThan(0.93)
  })
})

describe('buckets', () => {
  it('hold a day in milliseconds and a layout shift of nothing', () => {
    expect(bucketOf(86_400_000)).toBeLessThan(LAST_BUCKET)
    expect(bucketOf(0)).toBe(ZERO_BUCKET)
    expect(valueOf(ZERO_BUCKET)).toBe(0)
    expect(bucketOf(1e-4)).toBeGreaterThan(ZERO_BUCKET)
  })

  it('add up to the histogram of both, and are taken back to nothing', () => {
    const buckets = counted([1, 5, 5])
    for (const value of [5, 1, 5]) addToBucket(buckets, bucketOf(value), -1)
    expect(buckets.size).toBe(0)
  })
})
