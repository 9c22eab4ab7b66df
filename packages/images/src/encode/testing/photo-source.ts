import type { SourceImage } from '../source-image.ts'

/** A photograph without bytes, for what is decided by its header. */
export function photoSource(width: number, height: number): SourceImage {
  return {
    subject: { file: 'a.jpg' },
    bytes: new Uint8Array(),
    size: 0,
    format: 'jpeg',
    width,
    height,
    hasAlpha: false,
    isGrey: false,
    isCmyk: false,
    isInterlaced: false,
    depth: 8,
    colour: 'srgb',
    orientation: 1,
    hasMetadata: false,
    isLossless: false,
  }
}
