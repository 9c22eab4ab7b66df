import sharp, { type Metadata } from 'sharp'
import { imageError, type ImageSubject } from '../errors.ts'
import { formatOfImage } from './format-of-image.ts'
import { holdToLimits, type ImageHeader } from './hold-to-limits.ts'
import { isWideGamut } from './icc-gamut.ts'
import type { RasterFormat } from './image-format.ts'
import { pictureError } from './picture-error.ts'
import { scanContainer, type ContainerFacts } from './scan-container.ts'
import type { Animation, ImageLimits, SourceColour, SourceImage } from './source-image.ts'

/** A profile that goes along costs its bytes in every variant. Those of displays and cameras' Adobe RGB have about 500. */
const LARGEST_KEPT_PROFILE = 4096

/**
 * Reads the header of a picture and holds it to the limits; decodes nothing. Damage behind the header shows when a variant is made.
 *
 * @param bytes of a raster format; an SVG is for `optimiseSvg`
 * @throws what `formatOfImage` does, `PACELINE_IMAGE_CORRUPT`, `PACELINE_IMAGE_TOO_MANY_PIXELS`, `PACELINE_IMAGE_MEMORY`
 */
export async function probeImage(subject: ImageSubject, bytes: Uint8Array, limits: ImageLimits): Promise<SourceImage> {
  const format = formatOfImage(subject, bytes, limits)
  if (format === 'svg') throw imageError('PACELINE_IMAGE_UNSUPPORTED', [subject, 'an SVG where a picture is needed'])
  return holdToLimits(subject, bytes, await readHeader(subject, bytes, format), limits)
}

/**
 * What the header of a picture says.
 *
 * @throws `PACELINE_IMAGE_CORRUPT`
 */
export async function readHeader(subject: ImageSubject, bytes: Uint8Array, format: RasterFormat): Promise<ImageHeader> {
  const metadata = await sharp(bytes, { failOn: 'warning', limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw pictureError(subject, error)
    })
  const { width, height } = metadata.autoOrient
  const frames = format === 'avif' ? 1 : (metadata.pages ?? 1)
  const facts = scanContainer(format, bytes)
  const keptBecause = whyKept(facts)
  return {
    format,
    width,
    height,
    hasAlpha: metadata.hasAlpha,
    isGrey: metadata.space === 'b-w' || metadata.space === 'grey16',
    isCmyk: metadata.space === 'cmyk',
    isInterlaced: metadata.isProgressive,
    depth: metadata.depth === 'uchar' ? 8 : 16,
    colour: colourOf(metadata),
    orientation: metadata.orientation ?? 1,
    hasMetadata: [metadata.exif, metadata.xmp, metadata.iptc, metadata.comments].some((part) => part !== undefined),
    isLossless: format === 'png' || format === 'gif' || (facts.isLossless ?? false),
    ...(frames > 1 ? { animation: animationOf(metadata, frames) } : {}),
    ...(keptBecause === undefined ? {} : { keptBecause }),
    ...(facts.truncated === undefined ? {} : { truncated: facts.truncated }),
  }
}

function animationOf({ delay, loop }: Metadata, frames: number): Animation {
  return { frames, delays: delay ?? [], loop: loop ?? 0 }
}

function colourOf({ space, icc }: Metadata): SourceColour {
  if (space === 'cmyk') return 'convert'
  if (icc === undefined) return 'srgb'
  return icc.byteLength <= LARGEST_KEPT_PROFILE && isWideGamut(icc) ? 'keep' : 'convert'
}

function whyKept({ unreadableAnimation, codePoints }: ContainerFacts): string | undefined {
  if (unreadableAnimation !== undefined) return `it is ${unreadableAnimation}, of which only one frame would be left`
  if (codePoints !== undefined) return `its colours (H.273 code points ${codePoints}) would be taken for sRGB`
  return undefined
}
