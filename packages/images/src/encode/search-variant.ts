import sharp, { type Sharp } from 'sharp'
import { decodePixels } from '../quality/decode-pixels.ts'
import { defaultSettings, type LossyFormat } from '../quality/encoder-settings.ts'
import { releasePixels, type Pixels } from '../quality/pixels.ts'
import { qualityScale } from '../quality/quality-scale.ts'
import { searchQuality } from '../quality/search-quality.ts'
import { encodeLossy } from './encode-lossy.ts'
import type { SourceImage } from './source-image.ts'

export interface FoundVariant {
  readonly bytes: Uint8Array
  readonly quality: number
  readonly score: number
}

/**
 * Encodes at the lowest quality that looks as much like the scaled source as is wanted. The source is decoded and scaled once; every try
 * begins with its pixels.
 */
export async function searchVariant(
  image: Sharp,
  source: SourceImage,
  format: LossyFormat,
  target: number,
): Promise<FoundVariant> {
  const { reference, reopen } = await scale(image, source)
  const { draft } = defaultSettings(format)
  const { bytes, quality, score } = await searchQuality({
    reference,
    encode: (quality) => encodeLossy(reopen(), format, source, quality),
    draft: draft && {
      share: draft.share,
      encode: (quality) => encodeLossy(reopen(), format, source, quality, draft.effort),
    },
    decode: decodePixels,
    target,
    ...qualityScale(format),
  })
  releasePixels(reference)
  return { bytes, quality, score }
}

interface ScaledImage {
  readonly reference: Pixels
  /** A new pipeline that begins with the scaled pixels. */
  readonly reopen: () => Sharp
}

async function scale(image: Sharp, { colour, depth, isGrey }: SourceImage): Promise<ScaledImage> {
  if (colour === 'keep' || depth === 16) {
    // Raw pixels carry neither a profile nor sixteen bits. A PNG that is not compressed does, for a few milliseconds.
    const png = await image.png({ compressionLevel: 0 }).toBuffer()
    const deep = (await sharp(png).metadata()).depth === 'ushort'
    const reopen = (): Sharp => {
      const scaled = sharp(png)
      if (colour === 'keep') scaled.keepIccProfile()
      return deep ? scaled.toColourspace('rgb16') : scaled
    }
    return { reference: await decodePixels(png), reopen }
  }
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  return {
    reference: { data, width, height, channels: channels as Pixels['channels'] },
    reopen: () => {
      const scaled = sharp(data, { raw: { width, height, channels } })
      return isGrey && channels < 3 ? scaled.toColourspace('b-w') : scaled
    },
  }
}
