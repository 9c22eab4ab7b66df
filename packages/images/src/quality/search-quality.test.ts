import { describe, expect, test } from 'vitest'
import { decodePixels } from './decode-pixels.ts'
import { defaultSettings, type LossyFormat } from './encoder-settings.ts'
import { qualityScale } from './quality-scale.ts'
import { scoreImages } from './score-images.ts'
import { searchQuality, type QualityFound } from './search-quality.ts'
import { draftsOf, encodePixels } from './testing/encode-pixels.ts'
import { photograph } from './testing/photograph.ts'

async function search(format: LossyFormat, target: number): Promise<QualityFound & { encoded: number[] }> {
  const reference = await photograph()
  const encoded: number[] = []
  const found = await searchQuality({
    reference,
    target,
    ...qualityScale(format),
    decode: decodePixels,
    draft: draftsOf(reference, format),
    encode: (quality) => {
      encoded.push(quality)
      return encodePixels(reference, format, quality)
    },
  })
  return { ...found, encoded }
}

describe('searchQuality()', () => {
  test.each(['avif', 'webp', 'jpeg'] as const)(
    'finds the lowest %s quality that reaches the target',
    async (format) => {
      const found = await search(format, 72)
      expect(found.reached).toBe(true)
      expect(found.score).toBeGreaterThanOrEqual(72)
      expect(found.score).toBeLessThan(74)
      expect(found.tries).toBe(found.encoded.length)
      expect(found.tries).toBeLessThanOrEqual(5)
    },
  )

  test('gives the score of the very bytes it returns', async () => {
    const { bytes, score } = await search('webp', 60)
    expect(scoreImages(await photograph(), await decodePixels(bytes))).toBe(score)
  })

  test('says so when even the highest quality does not reach the target', async () => {
    const found = await search('webp', 99)
    expect(found.reached).toBe(false)
    expect(found.quality).toBe(defaultSettings('webp').qualityRange.max)
  })
})
