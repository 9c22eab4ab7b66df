import sharp from 'sharp'
import { defaultSettings } from '../../../packages/images/src/quality/encoder-settings.ts'
import type { Pixels } from '../../../packages/images/src/quality/pixels.ts'
import { qualityLike } from '../../../packages/images/src/quality/quality-scale.ts'
import { scoreImages } from '../../../packages/images/src/quality/score-images.ts'
import { FORMATS, QUALITY, type PeerQualities } from './variants.ts'

/** The lowest qualities at which sharp's own efforts reach the mean score of ours. */
export async function qualitiesOfPeer(
  pictures: readonly Pixels[],
): Promise<PeerQualities & { readonly scores: Record<string, number> }> {
  const found = { avif: 0, webp: 0 }
  const scores: Record<string, number> = {}
  for (const format of FORMATS) {
    const { effort, chromaSubsampling, smartSubsample } = defaultSettings(format)
    const ours = { effort, chromaSubsampling, smartSubsample }
    const wanted = await meanScore(pictures, format, { ...ours, quality: qualityLike(QUALITY, format) })
    let [low, high] = [30, 95]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if ((await meanScore(pictures, format, { quality: middle })) >= wanted) high = middle
      else low = middle + 1
    }
    found[format] = low
    scores[format] = wanted
  }
  return { ...found, scores }
}

async function meanScore(pictures: readonly Pixels[], format: 'avif' | 'webp', options: object): Promise<number> {
  let sum = 0
  for (const picture of pictures) {
    const { data, width, height, channels } = picture
    const encoded = await sharp(data, { raw: { width, height, channels } }).toFormat(format, options).toBuffer()
    const decoded = await sharp(encoded).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
    sum += scoreImages(picture, {
      data: decoded.data,
      width,
      height,
      channels: decoded.info.channels as Pixels['channels'],
    })
  }
  return sum / pictures.length
}
