import { imageError, type ImageSubject } from '../errors.ts'
import { decodeMemory } from './estimate-variant.ts'
import type { ImageLimits, SourceImage } from './source-image.ts'

/** What the header of a picture says, whoever uses it and whatever is allowed. */
export interface ImageHeader extends Omit<SourceImage, 'subject' | 'bytes' | 'size'> {
  /** How one sees that the file is cut off. */
  readonly truncated?: string
}

/**
 * The picture that a header belongs to, if it may be decoded.
 *
 * @throws `PACELINE_IMAGE_TOO_MANY_PIXELS`, `PACELINE_IMAGE_CORRUPT`, `PACELINE_IMAGE_MEMORY`
 */
export function holdToLimits(
  subject: ImageSubject,
  bytes: Uint8Array,
  { truncated, ...header }: ImageHeader,
  limits: ImageLimits,
): SourceImage {
  const { width, height, animation } = header
  const frames = animation?.frames ?? 1
  const pixels = width * height * frames
  if (pixels > limits.pixels) {
    const size = `${width} × ${height}${frames > 1 ? ` × ${frames} frames` : ''}`
    throw imageError('PACELINE_IMAGE_TOO_MANY_PIXELS', [subject, size, pixels, limits.pixels])
  }
  if (truncated !== undefined) throw imageError('PACELINE_IMAGE_CORRUPT', [subject, truncated])
  const source: SourceImage = { ...header, subject, bytes, size: bytes.byteLength }
  const memory = decodeMemory(source)
  if (memory > limits.memory) throw imageError('PACELINE_IMAGE_MEMORY', [subject, memory, limits.memory])
  return source
}
