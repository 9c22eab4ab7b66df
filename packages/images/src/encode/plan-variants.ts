import type { VariantFormat } from './image-format.ts'
import type { SourceImage } from './source-image.ts'

/** One file to make from a picture. */
export interface Variant {
  readonly format: VariantFormat
  readonly width: number
  readonly height: number
}

/** What is wanted of every picture; see `ImagesOptions`. */
export interface VariantWishes {
  /** Best first. */
  readonly formats: readonly ('avif' | 'webp')[]
  readonly widths: readonly number[]
  /** Whether there is a JPEG or PNG for browsers that know none of the formats. */
  readonly fallback: boolean
}

/**
 * The files to make from a picture: every format at every width, narrow to wide within a format, best format first. Never wider than
 * the picture: it takes the place of all widths that are. Nothing for a picture that is kept as it is.
 *
 * An animation becomes WebP only: sharp writes one frame of an animated AVIF (libvips/libvips#3629), and its own file is its fallback.
 */
export function planVariants(source: SourceImage, wishes: VariantWishes): Variant[] {
  if (source.keptBecause !== undefined) return []
  const widths = widthsFor(source.width, wishes.widths)
  return formatsFor(source, wishes).flatMap((format) =>
    widths
      .map((width) => ({ format, width, height: heightFor(source, width) }))
      .filter(({ height, width }) => Math.max(width, height) <= LARGEST_SIDE[format]),
  )
}

/** What the formats, or libvips for them, can write. */
const LARGEST_SIDE: Readonly<Record<VariantFormat, number>> = { avif: 16_384, webp: 16_383, jpeg: 65_535, png: 65_535 }

/** The formats of a picture's variants, best first. The last is for browsers that know nothing better. */
export function formatsFor(source: SourceImage, { formats, fallback }: VariantWishes): VariantFormat[] {
  const best = [...new Set(formats)]
  if (source.animation) return best.filter((format) => format === 'webp')
  return fallback ? [...best, fallbackFormat(source)] : best
}

/** The family of the source; what came as WebP or AVIF is a photograph unless it is transparent. */
function fallbackFormat({ format, hasAlpha }: SourceImage): 'jpeg' | 'png' {
  if (format === 'jpeg') return 'jpeg'
  return hasAlpha || format === 'png' || format === 'gif' ? 'png' : 'jpeg'
}

/** @returns the widths to make, narrow to wide: the wished ones below `own`, and `own` in place of the rest */
export function widthsFor(own: number, wished: readonly number[]): number[] {
  const wide = wished.some((width) => width >= own) || wished.length === 0
  const narrow = wished.filter((width) => width < own)
  return [...new Set([...narrow, ...(wide ? [own] : [])])].toSorted((a, b) => a - b)
}

/** Rounded as libvips rounds when it is given a width only. */
function heightFor({ width, height }: SourceImage, wanted: number): number {
  return Math.max(1, Math.round((height * wanted) / width))
}
