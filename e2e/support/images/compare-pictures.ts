import sharp from 'sharp'

const WIDTH = 48

/**
 * How different two pictures are when both are small: the mean difference of a channel, 0 to 255. What is beyond the ratio of the first is
 * cut off of the second in the middle, as `object-fit: cover` does.
 */
export async function difference(shown: Buffer, original: string | Buffer): Promise<number> {
  const { width, height } = await sharp(shown).metadata()
  const size = { width: WIDTH, height: Math.round((WIDTH * height) / width) }
  const [a, b] = await Promise.all([shown, original].map((file) => shrink(file, size)))
  const sum = a!.reduce((total, value, at) => total + Math.abs(value - b![at]!), 0)
  return sum / a!.length
}

async function shrink(file: string | Buffer, size: { width: number; height: number }): Promise<Buffer> {
  // In two steps: decoders of JPEG shrink on their own, and shift the picture by part of a pixel.
  const decoded = sharp(file).autoOrient().removeAlpha().toColourspace('srgb').png({ compressionLevel: 0 })
  return sharp(await decoded.toBuffer())
    .resize({ ...size, fit: 'cover' })
    .raw()
    .toBuffer()
}
