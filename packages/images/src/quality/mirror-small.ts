import type { Pixels } from './pixels.ts'

/** The blur needs 8 pixels at the smallest scale, which is a sixteenth. */
const LEAST = 128

/** A picture continued by its mirror image, as often as it takes to have `LEAST` pixels on each side; a larger one as it is. */
export function mirrored(pixels: Pixels): Pixels {
  const { data, channels } = pixels
  if (pixels.width >= LEAST && pixels.height >= LEAST) return pixels
  const width = Math.max(pixels.width, LEAST)
  const height = Math.max(pixels.height, LEAST)
  const out = new Uint8Array(width * height * channels)
  for (let y = 0, to = 0; y < height; y++) {
    const row = reflected(y, pixels.height) * pixels.width
    for (let x = 0; x < width; x++) {
      const from = (row + reflected(x, pixels.width)) * channels
      for (let channel = 0; channel < channels; channel++) out[to++] = data[from + channel] as number
    }
  }
  return { data: out, width, height, channels }
}

/** 0 1 2 2 1 0 0 1 2 … for a side of 3. */
function reflected(at: number, side: number): number {
  const place = at % (2 * side)
  return place < side ? place : 2 * side - 1 - place
}
