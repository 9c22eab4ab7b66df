import sharp, { type Sharp } from 'sharp'
import { isDrawn } from './is-drawn.ts'
import type { SourceImage } from './source-image.ts'

/**
 * Encodes without loss.
 *
 * @param open a new pipeline to the pixels each time
 */
export async function encodeLossless(
  open: () => Sharp,
  format: 'png' | 'webp',
  source: SourceImage,
): Promise<Uint8Array> {
  if (format === 'webp') return open().webp({ lossless: true, effort: 4 }).toBuffer()
  // Filters help photographs; drawings are smaller without.
  if (!isDrawn(source)) return open().png({ compressionLevel: 9, adaptiveFiltering: true }).toBuffer()
  const [full, indexed] = await Promise.all([
    open().png({ compressionLevel: 9 }).toBuffer(),
    open().png({ compressionLevel: 9, palette: true, dither: 0, effort: 7 }).toBuffer(),
  ])
  return indexed.byteLength < full.byteLength && (await isSamePicture(full, indexed)) ? indexed : full
}

/** A palette holds a picture of up to 256 colours exactly, and any other nearly: only the former will do. */
async function isSamePicture(a: Uint8Array, b: Uint8Array): Promise<boolean> {
  const pixels = (png: Uint8Array): Promise<Buffer> => sharp(png, { ignoreIcc: true }).ensureAlpha().raw().toBuffer()
  const [one, other] = await Promise.all([pixels(a), pixels(b)])
  for (let at = 0; at < one.length; at += 4) {
    const isSeen = one[at + 3] !== 0 || other[at + 3] !== 0
    if (isSeen && one.readUInt32LE(at) !== other.readUInt32LE(at)) return false
  }
  return one.length === other.length
}
