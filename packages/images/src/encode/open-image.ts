import sharp, { type Sharp } from 'sharp'
import type { Variant } from './plan-variants.ts'
import type { SourceImage } from './source-image.ts'

// With more threads AV1 encoders cut a picture into other pieces: the same file would be other bytes on another machine. The scheduler fills the cores with
// pictures instead. sharp's own default depends on the C library and on MALLOC_ARENA_MAX.
sharp.concurrency(1)

/** Whether warnings of a decoder are errors; see `failOn` of sharp. A file that ends early is an error either way. */
export type Strictness = 'warning' | 'error'

/**
 * The pipeline from a source to the pixels of a variant. Nothing is decoded until its output is asked for, and never more than
 * the header promised.
 */
export function openImage(source: SourceImage, { format, width, height }: Variant, strictness: Strictness): Sharp {
  const { bytes, animation } = source
  const image = sharp(bytes, {
    autoOrient: true,
    failOn: strictness,
    limitInputPixels: source.width * source.height * (animation?.frames ?? 1),
    unlimited: false,
    animated: animation !== undefined,
  }).resize(width, height, { fit: 'fill' })
  return withColour(image, source, format)
}

/**
 * Applies what `SourceColour` says, in the ways that sharp does it right:
 * - `withIccProfile('p3')` on 8 bits goes through sRGB, and the wide gamut is gone. `keepIccProfile()` leaves the values alone.
 * - 16 bits with a profile come out in Display P3 and are written as if they were sRGB, unless an output profile is named
 *   (sharp 0.35: pure red becomes a washed-out one). Without a profile they must not be: they would be taken for P3.
 */
function withColour(image: Sharp, source: SourceImage, format: Variant['format']): Sharp {
  if (source.colour === 'keep') image.keepIccProfile()
  if (source.colour === 'convert' && source.depth === 16) image.withIccProfile('srgb', { attach: false })
  if (isDeep(source, format)) return image.toColourspace('rgb16')
  return source.isGrey && (format === 'jpeg' || format === 'png') ? image.toColourspace('b-w') : image
}

/** AVIF takes ten bits of sixteen; the other formats have eight (PNG's sixteen are eight that nobody sees, at twice the bytes). */
export function isDeep({ depth }: SourceImage, format: Variant['format']): boolean {
  return depth === 16 && format === 'avif'
}
