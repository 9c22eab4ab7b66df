import { imageError, type ImageSubject } from '../errors.ts'
import { reasonOf } from './reason-of.ts'

/**
 * What is thrown when libvips fails on a picture.
 *
 * @returns `PACELINE_IMAGE_CORRUPT`, unless the picture is not to blame: see `troubleOf`
 */
export function pictureError(subject: ImageSubject, error: unknown): Error {
  return troubleOf(error) ?? imageError('PACELINE_IMAGE_CORRUPT', [subject, reasonOf(error)], { cause: error })
}

/**
 * What the machine lacked, or a mistake of ours: no picture is called damaged for it, nor served as it is because of it. Libraries of pictures fail with plain
 * errors that have no code; those of Node have one, and those of the language are of a kind of their own.
 */
export function troubleOf(error: unknown): Error | undefined {
  if (!(error instanceof Error)) return undefined
  if (typeof (error as NodeJS.ErrnoException).code === 'string' || error.name !== 'Error') return error
  // Of libvips and libpng, among others. With the code of the system it is done again when there may be more.
  if (!/\b(?:out of|insufficient) memory\b/i.test(error.message)) return undefined
  return Object.assign(new Error(reasonOf(error), { cause: error }), { code: 'ENOMEM' })
}
