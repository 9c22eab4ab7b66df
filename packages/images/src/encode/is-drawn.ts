import type { SourceImage } from './source-image.ts'

/**
 * Whether a picture is a drawing, a screenshot, a logo: those are often smaller without loss, and always better. Told from how well it is
 * compressed without loss: photographs take 1.5 bytes a pixel and more.
 */
export function isDrawn({ isLossless, animation, bytes, width, height }: SourceImage): boolean {
  return isLossless && !animation && bytes.byteLength < width * height
}
