import { defineErrors, errorCodes, formatBytes, type ErrorFactory } from '@paceline/kit'

/** An image as people know it: its file, and who asks for it. Both as they are written in messages, relative to the Vite root. */
export interface ImageSubject {
  readonly file: string
  readonly importer?: string | undefined
}

const name = ({ file, importer }: ImageSubject): string =>
  importer === undefined ? `\`${file}\`` : `\`${file}\` (used in \`${importer}\`)`

const millions = (pixels: number): string => `${Math.round(pixels / 1e5) / 10} megapixels`

const serveAsIs = "or set `images.onError: 'warn'` to serve it as it is."

const catalogue = {
  PACELINE_IMAGE_MISSING: (subject: ImageSubject): string =>
    `${name(subject)} does not exist. Correct the path, remove the reference, or exclude it with \`images.exclude\` if the file comes later.`,
  PACELINE_IMAGE_CHANGED: (subject: ImageSubject): string =>
    `${name(subject)} changed while the build was at work on it; received other bytes than those it began with. Build again.`,
  PACELINE_IMAGE_EMPTY: (subject: ImageSubject): string =>
    `${name(subject)} is empty; received 0 bytes. Restore the file, ${serveAsIs}`,
  PACELINE_IMAGE_UNSUPPORTED: (subject: ImageSubject, received: string): string =>
    `${name(subject)} is no image that can be optimised; received ${received}. Save it as JPEG, PNG, WebP, AVIF, GIF or SVG, ${serveAsIs}`,
  PACELINE_IMAGE_MISNAMED: (subject: ImageSubject, says: string, is: string, extension: string): string =>
    `${name(subject)} is not what its name says; received ${is} in a file named as ${says}. Rename it to end in \`${extension}\`, ${serveAsIs}`,
  PACELINE_IMAGE_CORRUPT: (subject: ImageSubject, reason: string): string =>
    `${name(subject)} is damaged or cut off; received ${reason}. Restore the file, ${serveAsIs}`,
  PACELINE_IMAGE_TOO_MANY_PIXELS: (subject: ImageSubject, size: string, pixels: number, limit: number): string =>
    `${name(subject)} has more pixels than is safe to decode; received ${size}, ${millions(pixels)}, where ${millions(limit)} are allowed. Scale it down, raise \`images.limits.pixels\`, ${serveAsIs}`,
  PACELINE_IMAGE_TOO_MANY_BYTES: (subject: ImageSubject, bytes: number, limit: number): string =>
    `${name(subject)} is larger than is safe to read; received ${formatBytes(bytes)}, where ${formatBytes(limit)} are allowed. Scale it down, raise \`images.limits.bytes\`, ${serveAsIs}`,
  PACELINE_IMAGE_MEMORY: (subject: ImageSubject, memory: number, limit: number): string =>
    `${name(subject)} needs more memory than is allowed; received about ${formatBytes(memory)}, where ${formatBytes(limit)} are allowed. Scale it down, raise \`images.limits.memory\`, ${serveAsIs}`,
  PACELINE_IMAGE_ENCODE_FAILED: (subject: ImageSubject, format: string, reason: string): string =>
    `${name(subject)} could not be written as ${format}; received ${reason}. Leave the format out of \`images.formats\`, ${serveAsIs}`,
  PACELINE_IMAGE_PROCESS_ENDED: (subject: ImageSubject, how: string): string =>
    `${name(subject)} ended the process that encodes images, with no other picture in it; received ${how}. Free memory if the system ran out of it, save the picture anew, ${serveAsIs}`,
  PACELINE_IMAGE_HANGS: (subject: ImageSubject, how: string): string =>
    `${name(subject)} does not come back from the process that encodes images, with no other picture in it; received ${how}, and the process was ended. Build again if the machine was overloaded, save the picture anew, ${serveAsIs}`,
  PACELINE_SVG_INVALID: (subject: ImageSubject, reason: string): string =>
    `${name(subject)} is no valid SVG; received ${reason}. Mend the file, ${serveAsIs}`,
  PACELINE_SVG_UNSAFE: (subject: ImageSubject, reason: string): string =>
    `${name(subject)} is not safe to serve; received ${reason}. Remove it from the file, or exclude the file with \`images.exclude\` if you trust it.`,
}

/** What can go wrong with images, each with the code that tests and CI match on. */
export const imageError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)

/** What is said of a picture that some formats would take too much memory for. */
export function leftOutMessage(
  subject: ImageSubject,
  leftOut: readonly { readonly format: string; readonly width: number }[],
  limit: number,
): string {
  const files = leftOut.map(({ format, width }) => `${format} at ${width} px`).join(', ')
  return `${name(subject)} would need more memory than is allowed, ${formatBytes(limit)}, to be written as ${files}: left out. Scale it down, or raise \`images.limits.memory\`.`
}

/** The message where it is a warning: what it advises last is done already. */
export function asWarning(message: string): string {
  return message.replace(`, ${serveAsIs}`, '. It is served as it is.')
}

/** Whether an error says that an image is bad: with `onError: 'warn'` the build goes on without it. Anything else is a bug, and is thrown on. */
export function isImageError(error: unknown): boolean {
  return errorCodes(error).some((code) => Object.hasOwn(catalogue, code))
}
