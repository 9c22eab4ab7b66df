import { expect, test } from 'vitest'
import { estimateVariant } from './estimate-variant.ts'
import { imageOf, photograph, probe } from './testing/pictures.ts'
import { timeLimit } from './time-limit.ts'

test('the limit grows with the picture, is minutes for the smallest and fits a timer for the largest', async () => {
  const source = await probe(await imageOf(photograph(64, 48)).png().toBuffer())
  const limitOf = (width: number, height: number): number => {
    const large = { ...source, width, height }
    return timeLimit(estimateVariant(large, { format: 'avif', width, height }, { target: 80 }))
  }
  expect(limitOf(64, 48)).toBeGreaterThanOrEqual(60_000)
  expect(limitOf(1600, 1067)).toBeGreaterThan(4 * 60_000)
  expect(limitOf(1600, 1067)).toBeLessThan(5 * 60_000)
  // A timer of more than 31 bits fires at once.
  expect(limitOf(100_000, 1_000_000)).toBeLessThan(2 ** 31)
})
