import sharp from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import { pictureError } from '../picture-error.ts'
import type { SourceImage } from '../source-image.ts'

/** Thumbhash reads at most 100 pixels a side; it has seven waves a side, so a third of that loses nothing. */
const SIDE = 32

/**
 * What stands in for a picture until it is there: its thumbhash in base64 (about 30 characters; Evan Wallace,
 * https://evanw.github.io/thumbhash), or its dominant colour as `#rrggbb`.
 *
 * @returns nothing for a picture with transparent parts: the placeholder would stay visible through them
 * @throws `PACELINE_IMAGE_CORRUPT`
 */
export async function makePlaceholder(source: SourceImage, kind: 'thumbhash' | 'color'): Promise<string | undefined> {
  const { data, info } = await sharp(source.bytes, {
    autoOrient: true,
    failOn: 'error',
    limitInputPixels: source.width * source.height * (source.animation?.frames ?? 1),
  })
    .resize(SIDE, SIDE, { fit: 'inside' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((error: unknown) => {
      throw pictureError(source.subject, error)
    })
  for (let at = 3; at < data.length; at += 4) if (data[at]! < 255) return undefined
  if (kind === 'thumbhash') return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64')
  const { dominant } = await sharp(data, { raw: { width: info.width, height: info.height, channels: 4 } }).stats()
  return `#${[dominant.r, dominant.g, dominant.b].map((value) => value.toString(16).padStart(2, '0')).join('')}`
}
