import { decodeThumbhash, type TinyPicture } from './decode-thumbhash.ts'

/** CSS that shows a placeholder behind a picture, for React's `style`. */
export interface PlaceholderStyle {
  readonly backgroundColor?: string
  readonly backgroundImage?: string
  readonly backgroundSize?: string
}

/** @param placeholder a thumbhash in base64, or a colour as `#rrggbb` */
export function placeholderStyle(placeholder: string): PlaceholderStyle {
  if (placeholder.startsWith('#')) return { backgroundColor: placeholder }
  return { backgroundImage: `url(${bitmapUrl(decodeThumbhash(placeholder))})`, backgroundSize: '100% 100%' }
}

const HEADER = 54

/**
 * A picture as a `data:` URL of a BMP: a header and the pixels, bottom row first, blue first. No checksums and no compression to write, as a
 * PNG would need, and at this size (some 600 bytes) nothing to gain from them.
 */
export function bitmapUrl({ width, height, rgb }: TinyPicture): string {
  const row = (width * 3 + 3) & ~3
  const file = new Uint8Array(HEADER + row * height)
  const view = new DataView(file.buffer)
  view.setUint16(0, 0x424d)
  view.setUint32(2, file.length, true)
  view.setUint32(10, HEADER, true)
  view.setUint32(14, 40, true)
  view.setInt32(18, width, true)
  view.setInt32(22, height, true)
  view.setUint16(26, 1, true)
  view.setUint16(28, 24, true)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3
      file.set([rgb[from + 2]!, rgb[from + 1]!, rgb[from]!], HEADER + (height - 1 - y) * row + x * 3)
    }
  }
  return `data:image/bmp;base64,${btoa(String.fromCharCode(...file))}`
}
