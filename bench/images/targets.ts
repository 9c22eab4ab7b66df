import { decodePixels } from '../../packages/images/src/quality/decode-pixels.ts'
import type { LossyFormat } from '../../packages/images/src/quality/encoder-settings.ts'
import type { Pixels } from '../../packages/images/src/quality/pixels.ts'
import { qualityScale } from '../../packages/images/src/quality/quality-scale.ts'
import { scoreImages } from '../../packages/images/src/quality/score-images.ts'
import { searchQuality, type QualityFound } from '../../packages/images/src/quality/search-quality.ts'
import { draftsOf, encodePixels } from '../../packages/images/src/quality/testing/encode-pixels.ts'

/** One picture at one width, searched for, and encoded at the quality found alone. */
export interface TargetFigures {
  readonly found: Omit<QualityFound, 'bytes'> & { readonly bytes: number }
  /** CPU of the whole search, ms. */
  readonly searchCpu: number
  /** CPU of decoding and scoring in it, ms. */
  readonly scoreCpu: number
  /** CPU of one encode at the quality found, ms. */
  readonly encodeCpu: number
}

/** The same quality for every picture, as low as lets each of them reach the target. */
export interface FixedFigures {
  readonly quality: number
  readonly bytes: number
  readonly worst: number
}

/** How a setting that people fix scores over the pictures. */
export interface SpreadFigures {
  readonly quality: number
  readonly lowest: number
  readonly highest: number
}

type Encode = (quality: number) => Promise<Uint8Array>

export async function measureTarget(reference: Pixels, format: LossyFormat, target: number): Promise<TargetFigures> {
  let encoding = 0
  const counted =
    (encode: Encode): Encode =>
    async (quality) => {
      const before = process.cpuUsage()
      const bytes = await encode(quality)
      encoding += spent(before)
      return bytes
    }
  const encode: Encode = (quality) => encodePixels(reference, format, quality)
  const drafts = draftsOf(reference, format)
  const start = process.cpuUsage()
  const found = await searchQuality({
    reference,
    target,
    ...qualityScale(format),
    encode: counted(encode),
    decode: decodePixels,
    draft: drafts && { ...drafts, encode: counted(drafts.encode) },
  })
  const searchCpu = spent(start)
  const before = process.cpuUsage()
  await encode(found.quality)
  return {
    found: { ...found, bytes: found.bytes.byteLength },
    searchCpu,
    scoreCpu: searchCpu - encoding,
    encodeCpu: spent(before),
  }
}

/** What it costs to give every picture the target with one quality: the highest that any of them needs. */
export async function measureFixed(
  pictures: readonly Pixels[],
  format: LossyFormat,
  qualities: readonly number[],
): Promise<FixedFigures> {
  const quality = Math.max(...qualities)
  let bytes = 0
  let worst = 100
  for (const picture of pictures) {
    const encoded = await encodePixels(picture, format, quality)
    bytes += encoded.byteLength
    worst = Math.min(worst, scoreImages(picture, await decodePixels(encoded)))
  }
  return { quality, bytes, worst }
}

export async function measureSpread(
  pictures: readonly Pixels[],
  format: LossyFormat,
  quality: number,
): Promise<SpreadFigures> {
  const scores: number[] = []
  for (const picture of pictures) {
    const encoded = await encodePixels(picture, format, quality)
    scores.push(scoreImages(picture, await decodePixels(encoded)))
  }
  return { quality, lowest: Math.min(...scores), highest: Math.max(...scores) }
}

/** User and system time since, of all threads, ms. */
function spent(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}
