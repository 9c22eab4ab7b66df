import type { InputDigest } from '@paceline/artifact-cache'
import type { ImageSubject } from '../errors.ts'
import type { RasterFormat } from './image-format.ts'

/** What there is to know about a picture before it is decoded. */
export interface SourceImage {
  readonly subject: ImageSubject
  /** None where nobody has read them yet: see `bytesOf`. */
  readonly bytes: Uint8Array
  /** Bytes of the file. */
  readonly size: number
  /** Where another process finds the same bytes. */
  readonly origin?: ImageOrigin
  readonly format: RasterFormat
  /** As it is shown: after its EXIF orientation. Of one frame. */
  readonly width: number
  readonly height: number
  readonly hasAlpha: boolean
  readonly isGrey: boolean
  /** Colours of print, which browsers show as they please. */
  readonly isCmyk: boolean
  /** Progressive, so that it is whole before its first row is known. */
  readonly isInterlaced: boolean
  /** Bits of a channel: 16 for everything above 8. */
  readonly depth: 8 | 16
  readonly colour: SourceColour
  /** Of the EXIF header, 1 to 8. Already applied in `width` and `height`. */
  readonly orientation: number
  /** EXIF, XMP, IPTC or comments: where it was taken, with what, by whom. */
  readonly hasMetadata: boolean
  /** Whether nothing was lost when the file was written: its sharp edges are drawn, and there is no old compression to hide behind. */
  readonly isLossless: boolean
  /** Frames, when there is more than one. */
  readonly animation?: Animation
  /** Why it can be served, but not be made into anything else: what the decoder would lose. */
  readonly keptBecause?: string
}

/** A file, and the digest of what was read from it: it may have changed since. */
export interface ImageOrigin {
  /** Absolute. */
  readonly path: string
  readonly digest: InputDigest
}

/**
 * What is done about colour:
 * - `srgb`: there is no profile, the values are sRGB, as browsers read them;
 * - `convert`: the profile is applied, and the variants are sRGB without one;
 * - `keep`: the gamut is wider than sRGB, so the values stay what they are and the profile goes along.
 */
export type SourceColour = 'srgb' | 'convert' | 'keep'

export interface Animation {
  readonly frames: number
  /** Milliseconds that each frame is shown. */
  readonly delays: readonly number[]
  /** How often it plays; 0 is for ever. */
  readonly loop: number
}

/** Bounds on what may be read and decoded. */
export interface ImageLimits {
  /** Pixels of a picture, all frames together. */
  readonly pixels: number
  /** Bytes of a file. */
  readonly bytes: number
  /** Bytes of memory that work on one picture may take. */
  readonly memory: number
}
