import { fileURLToPath } from 'node:url'
import sharp from 'sharp'

const file = fileURLToPath(new URL('../../test/fixtures/notebooks.jpg', import.meta.url))

/** A photograph as a camera would write it: a JPEG of high quality, in a size of one's own. */
export async function photograph(width: number, height: number): Promise<Uint8Array> {
  return sharp(file).resize(width, height, { fit: 'cover' }).jpeg({ quality: 95 }).toBuffer()
}
