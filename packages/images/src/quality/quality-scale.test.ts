import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { defaultSettings } from './encoder-settings.ts'
import { interpolate } from './next-quality.ts'
import { qualityLike, qualityScale } from './quality-scale.ts'
import { encodePixels } from './testing/encode-pixels.ts'
import { photograph } from './testing/photograph.ts'

test('has every AVIF quality that gives bytes of its own, and only one of those that give the same', async () => {
  const { min, max } = defaultSettings('avif').qualityRange
  const picture = await photograph('notebooks', 64)
  const seen = new Map<string, number>()
  for (let quality = min; quality <= max; quality++) {
    const bytes = await encodePixels(picture, 'avif', quality)
    const hash = createHash('sha256').update(bytes).digest('hex')
    if (!seen.has(hash)) seen.set(hash, quality)
  }
  expect(qualityScale('avif').steps).toEqual([...seen.values()])
})

test.each(['avif', 'webp', 'jpeg'] as const)('has a %s curve that rises over all qualities', (format) => {
  const { steps, typical } = qualityScale(format)
  expect(typical[0]?.[0]).toBeLessThanOrEqual(steps[0]!)
  expect(typical.at(-1)?.[0]).toBeGreaterThanOrEqual(steps.at(-1)!)
  for (const [at, [quality, score]] of typical.slice(1).entries()) {
    expect(quality).toBeGreaterThan(typical[at]![0])
    expect(score).toBeGreaterThan(typical[at]![1])
  }
})

test.each(['avif', 'webp'] as const)('finds the quality of %s that usually looks as good as a JPEG', (format) => {
  const { typical } = qualityScale(format)
  const jpeg = qualityScale('jpeg').typical
  for (const quality of [40, 60, 80, 95]) {
    const look = interpolate(typical, qualityLike(quality, format))
    expect(Math.abs(look - interpolate(jpeg, quality))).toBeLessThan(0.6)
  }
  expect(qualityLike(1, format)).toBeGreaterThanOrEqual(1)
  expect(qualityLike(100, format)).toBeLessThanOrEqual(100)
})
