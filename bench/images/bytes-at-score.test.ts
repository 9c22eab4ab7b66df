import { expect, test } from 'vitest'
import { bytesAt } from './bytes-at-score.ts'

const samples = [
  { bytes: 4000, score: 80 },
  { bytes: 1000, score: 60 },
  { bytes: 2000, score: 70 },
]

test('gives the bytes of a sample at its own score', () => {
  expect(bytesAt(samples, 70)).toBeCloseTo(2000)
})

test('grows evenly over the logarithm between samples and past them', () => {
  expect(bytesAt(samples, 75)).toBeCloseTo(2000 * Math.SQRT2)
  expect(bytesAt(samples, 90)).toBeCloseTo(8000)
  expect(bytesAt(samples, 50)).toBeCloseTo(500)
})

test('refuses a single sample', () => {
  expect(() => bytesAt([{ bytes: 1, score: 1 }], 1)).toThrow('must be two at least')
})
