export type ImageUploadErrorCode =
  /** An option is out of its range. */
  | 'PACELINE_UPLOAD_OPTIONS_INVALID'
  /** The file is no picture that this browser can read. */
  | 'PACELINE_UPLOAD_UNREADABLE'
  /** The browser could not write the picture: too large for its canvas, or out of memory. */
  | 'PACELINE_UPLOAD_FAILED'

/** Why a picture could not be compressed. */
export class ImageUploadError extends Error {
  override readonly name: string = 'ImageUploadError'
  readonly code: ImageUploadErrorCode

  constructor(code: ImageUploadErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
