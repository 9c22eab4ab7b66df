import sharp from 'sharp'
import type { Pixels } from './pixels.ts'

/** What an encoded picture (the first frame of it) looks like on a screen of sRGB. */
export async function decodePixels(bytes: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(bytes, { failOn: 'error' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height, channels: info.channels }
}
