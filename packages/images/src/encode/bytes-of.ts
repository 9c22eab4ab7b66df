import { readFile } from 'node:fs/promises'
import { digestOf } from '@paceline/artifact-cache'
import { imageError, type ImageSubject } from '../errors.ts'
import type { ImageOrigin } from './source-image.ts'

/** Of a picture, or of work on one. */
interface MaybeRead {
  readonly subject: ImageSubject
  readonly bytes: Uint8Array
  readonly origin?: ImageOrigin | undefined
}

/**
 * The bytes of a picture; of one whose digest was known without reading it they are read now.
 *
 * @throws `PACELINE_IMAGE_CHANGED`
 */
export async function bytesOf({ subject, bytes, origin }: MaybeRead): Promise<Uint8Array> {
  if (bytes.byteLength > 0 || !origin) return bytes
  const read = await readFile(origin.path).catch(() => undefined)
  if (read && digestOf(read) === origin.digest) return read
  throw imageError('PACELINE_IMAGE_CHANGED', [subject])
}
