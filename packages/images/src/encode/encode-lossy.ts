import type { Sharp } from 'sharp'
import { defaultSettings, type LossyFormat } from '../quality/encoder-settings.ts'
import { isDeep } from './open-image.ts'
import type { SourceImage } from './source-image.ts'

/**
 * Encodes with loss at a quality of the encoder's own scale.
 *
 * A drawing keeps its colours at full resolution: halved, coloured lines and letters get fringes.
 */
export async function encodeLossy(
  image: Sharp,
  format: LossyFormat,
  source: SourceImage,
  quality: number,
  effort: number | undefined = defaultSettings(format).effort,
): Promise<Uint8Array> {
  const { chromaSubsampling, mozjpeg, smartSubsample } = defaultSettings(format)
  const chroma = source.isLossless ? '4:4:4' : chromaSubsampling
  const common = { quality, ...(effort === undefined ? {} : { effort }) }
  const colours = chroma === undefined ? {} : { chromaSubsampling: chroma }
  if (format === 'avif') {
    return image.avif({ ...common, ...colours, bitdepth: isDeep(source, format) ? 10 : 8 }).toBuffer()
  }
  if (format === 'jpeg') return image.jpeg({ ...common, ...colours, mozjpeg: mozjpeg ?? false }).toBuffer()
  return image
    .webp({
      ...common,
      smartSubsample: source.isLossless || (smartSubsample === true && !source.animation),
      ...(source.animation && {
        loop: source.animation.loop,
        delay: [...source.animation.delays],
      }),
    })
    .toBuffer()
}
