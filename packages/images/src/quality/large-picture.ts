import type { Pixels } from './pixels.ts'

/** Pixels. From here on two searches at once do not fit into the usual bound of memory. */
const LARGE = 3_000_000

/**
 * Whether scoring a picture is to save memory rather than time. Of its reference only the planes are kept while the encoder is at work, 7 bytes a
 * pixel instead of 32, and they are blurred anew for each candidate. The scores are the same.
 */
export function isLargePicture({ width, height }: Pick<Pixels, 'width' | 'height'>): boolean {
  return width * height > LARGE
}
