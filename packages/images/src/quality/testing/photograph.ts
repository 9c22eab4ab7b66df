import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import type { Pixels } from '../pixels.ts'

export const PHOTOGRAPHS = ['mountains', 'notebooks', 'laptop'] as const

/** A photograph of test/fixtures, scaled to a width without a filter that a version of libvips could change. */
export async function photograph(name: (typeof PHOTOGRAPHS)[number] = 'notebooks', width = 400): Promise<Pixels> {
  const file = fileURLToPath(new URL(`../../../test/fixtures/${name}.jpg`, import.meta.url))
  const { data, info } = await sharp(file).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  return everyNth({ data, width: info.width, height: info.height, channels: info.channels }, width)
}

/** Takes the nearest pixel: sharp and full of detail, which is the hard case. */
function everyNth({ data, width, height, channels }: Pixels, wanted: number): Pixels {
  const step = width / wanted
  const rows = Math.floor(height / step)
  const out = new Uint8Array(wanted * rows * channels)
  for (let y = 0, to = 0; y < rows; y++) {
    for (let x = 0; x < wanted; x++) {
      const from = (Math.floor(y * step) * width + Math.floor(x * step)) * channels
      for (let channel = 0; channel < channels; channel++) out[to++] = data[from + channel] as number
    }
  }
  return { data: out, width: wanted, height: rows, channels }
}
