import type { SourceImage } from '../source-image.ts'
import { cleanAvif } from './clean-avif.ts'
import { cleanGif } from './clean-gif.ts'
import { cleanJpeg } from './clean-jpeg.ts'
import { cleanPng } from './clean-png.ts'
import { cleanWebp } from './clean-webp.ts'

/**
 * The file itself, to the pixel, without private metadata: for when nothing that can be made from it is smaller, or nothing may be made
 * from it.
 *
 * @returns nothing when its metadata cannot be taken out: of files that do not follow their format, and of a few kinds of AVIF, see `cleanAvif`
 */
export function cleanOriginal({ bytes, format, orientation, hasMetadata }: SourceImage): Uint8Array | undefined {
  if (format === 'jpeg') return cleanJpeg(bytes, orientation)
  if (format === 'png') return cleanPng(bytes, orientation)
  if (format === 'webp') return cleanWebp(bytes, orientation)
  if (format === 'gif') return cleanGif(bytes)
  return cleanAvif(bytes) ?? (hasMetadata ? undefined : bytes)
}
