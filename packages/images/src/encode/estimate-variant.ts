import { isLargePicture } from '../quality/large-picture.ts'
import { isDrawn } from './is-drawn.ts'
import type { VariantFormat } from './image-format.ts'
import type { Quality } from './make-variant.ts'
import type { Variant } from './plan-variants.ts'
import type { SourceImage } from './source-image.ts'

/** What making a file is expected to take. Good enough to put the biggest first and to keep memory in bounds: within a factor of two. */
export interface Estimate {
  /** Milliseconds of CPU on a processor of 2023. */
  readonly cost: number
  /** Bytes at the peak. */
  readonly memory: number
}

/**
 * Of a pixel, measured at 0.15 to 6 megapixels with sharp 0.35.5 in a process that gives memory back at once. Milliseconds are per megapixel. `searchBytes`
 * are those that a search has beside its encoder: the pixels that every try begins with, and the metric's planes; `largeSearchBytes` in a large picture,
 * of which less is kept.
 */
const ENCODE: Readonly<
  Record<
    VariantFormat,
    {
      readonly bytes: number
      readonly searchBytes: number
      readonly largeSearchBytes: number
      readonly cost: number
      readonly searchCost: number
    }
  >
> = {
  avif: { bytes: 45, searchBytes: 38, largeSearchBytes: 8, cost: 900, searchCost: 3000 },
  webp: { bytes: 15, searchBytes: 45, largeSearchBytes: 27, cost: 130, searchCost: 750 },
  jpeg: { bytes: 15, searchBytes: 45, largeSearchBytes: 27, cost: 100, searchCost: 700 },
  png: { bytes: 12, searchBytes: 0, largeSearchBytes: 0, cost: 150, searchCost: 150 },
}

/** Of a pixel, in WebP without loss, which drawings are tried in, too: 37 at a megapixel, 28 at nine. */
const LOSSLESS_WEBP_BYTES = 32

/** What a pipeline takes for a picture of any size. */
const BASE = 3_000_000

export function estimateVariant(source: SourceImage, { format, width, height }: Variant, quality: Quality): Estimate {
  const pixels = width * height * (source.animation?.frames ?? 1)
  const isSearched = typeof quality === 'object' && format !== 'png' && source.animation === undefined
  const { bytes, searchBytes, largeSearchBytes, cost, searchCost } = ENCODE[format]
  const depth = source.depth === 16 ? 2 : 1
  // Transparent pictures are looked at on two backgrounds.
  const beside = isLargePicture({ width, height }) ? largeSearchBytes : searchBytes
  const search = isSearched ? beside * (source.hasAlpha ? 2 : 1) : 0
  const lossy = bytes * depth + search
  const peak = format === 'webp' && isDrawn(source) ? Math.max(lossy, LOSSLESS_WEBP_BYTES) : lossy
  return {
    cost: Math.ceil((pixels / 1e6) * (isSearched ? searchCost : cost) + decodeCost(source)),
    memory: Math.ceil(BASE + decodeMemory(source) + pixels * peak),
  }
}

export function estimatePlaceholder(source: SourceImage): Estimate {
  return { cost: Math.ceil(decodeCost(source)), memory: BASE + decodeMemory(source) }
}

/**
 * Bytes that reading a picture takes. Rows of JPEG and PNG stream through; what is interlaced, AVIF and the frames of an animation are held
 * as a whole.
 */
export function decodeMemory({ format, width, height, animation, isInterlaced, depth }: SourceImage): number {
  const pixels = width * height
  if (animation) return pixels * animation.frames * 8
  if (format === 'avif') return pixels * 17
  if (format === 'gif') return pixels * 4
  if (!isInterlaced) return pixels * (format === 'jpeg' ? 0.3 : 1.3)
  return pixels * (format === 'jpeg' ? 3 : 4 * (depth / 8))
}

/** Milliseconds that reading a picture takes. */
function decodeCost({ format, width, height, animation }: SourceImage): number {
  const megapixels = (width * height * (animation?.frames ?? 1)) / 1e6
  return megapixels * (format === 'avif' ? 25 : 6)
}
