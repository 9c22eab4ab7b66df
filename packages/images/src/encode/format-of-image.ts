import { imageError, type ImageSubject } from '../errors.ts'
import { formatOfName, imageFormats, sniffFormat, type RasterFormat } from './image-format.ts'
import type { ImageLimits } from './source-image.ts'

/**
 * What a file is, by its content, before anything is paid for.
 *
 * @throws `PACELINE_IMAGE_EMPTY`, `PACELINE_IMAGE_TOO_MANY_BYTES`, `PACELINE_IMAGE_UNSUPPORTED`, `PACELINE_IMAGE_MISNAMED`
 */
export function formatOfImage(subject: ImageSubject, bytes: Uint8Array, limits: ImageLimits): RasterFormat | 'svg' {
  if (bytes.byteLength === 0) throw imageError('PACELINE_IMAGE_EMPTY', [subject])
  if (bytes.byteLength > limits.bytes) {
    throw imageError('PACELINE_IMAGE_TOO_MANY_BYTES', [subject, bytes.byteLength, limits.bytes])
  }
  const format = sniffFormat(bytes)
  if (typeof format === 'object') throw imageError('PACELINE_IMAGE_UNSUPPORTED', [subject, format.unsupported])
  const promised = formatOfName(subject.file)
  if (promised !== undefined && promised !== format) {
    const { title, extensions } = imageFormats[format]
    throw imageError('PACELINE_IMAGE_MISNAMED', [subject, imageFormats[promised].title, title, extensions[0]])
  }
  return format
}
