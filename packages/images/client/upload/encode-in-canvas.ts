import { fitInside } from './fit-inside.ts'
import { ImageUploadError } from './upload-error.ts'

/** What the worker is asked for; passes through `postMessage`. */
export interface CanvasJob {
  readonly file: Blob
  readonly maxWidth: number
  readonly maxHeight: number
  /** Media types to try, in order: browsers write a PNG where they know no encoder. */
  readonly types: readonly string[]
  /** 0 to 1. */
  readonly quality: number
}

/**
 * Draws a picture upright into a canvas of the wanted size and encodes that. All metadata stays behind: a canvas has none.
 *
 * @throws {ImageUploadError}
 */
export async function encodeInCanvas({ file, maxWidth, maxHeight, types, quality }: CanvasJob): Promise<Blob> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch((error: unknown) => {
    const message = `\`${file.type || 'a file without a type'}\` cannot be read as a picture by this browser; received ${file.size} bytes. Ask for a JPEG, PNG or WebP.`
    throw new ImageUploadError('PACELINE_UPLOAD_UNREADABLE', message, { cause: error })
  })
  try {
    const { width, height } = fitInside(bitmap, maxWidth, maxHeight)
    for (const type of types) {
      const blob = await draw(bitmap, width, height, type, quality)
      if (blob?.type === type) return blob
    }
    const message = `A picture of ${width} × ${height} pixels could not be written as ${types.join(' or ')} by this browser. Lower \`maxWidth\` and \`maxHeight\`.`
    throw new ImageUploadError('PACELINE_UPLOAD_FAILED', message)
  } finally {
    bitmap.close()
  }
}

async function draw(
  bitmap: ImageBitmap,
  width: number,
  height: number,
  type: string,
  quality: number,
): Promise<Blob | null> {
  // Safari before 16.4 has none.
  const isOffscreen = typeof OffscreenCanvas === 'function'
  const canvas = isOffscreen
    ? new OffscreenCanvas(width, height)
    : Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null
  if (!context) return null
  if (type === 'image/jpeg') {
    // JPEG has no transparency, and what is left of it is black.
    context.fillStyle = '#fff'
    context.fillRect(0, 0, width, height)
  }
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, width, height)
  if ('toBlob' in canvas) return new Promise((resolve) => canvas.toBlob(resolve, type, quality))
  return canvas.convertToBlob({ type, quality }).catch(() => null)
}
