import { HEAD_BYTES, isAnimated } from './is-animated.ts'
import { runInWorker } from './run-in-worker.ts'
import { ImageUploadError } from './upload-error.ts'

export interface CompressImageOptions {
  /**
   * Largest width in pixels; the ratio is kept.
   *
   * @default the picture's own
   */
  readonly maxWidth?: number | undefined
  /**
   * Largest height in pixels; the ratio is kept.
   *
   * @default the picture's own
   */
  readonly maxHeight?: number | undefined
  /**
   * The format to write. What a browser cannot write becomes JPEG, or PNG when the picture may be transparent: see the `type` of the result.
   * No browser writes AVIF.
   *
   * @default 'image/webp'
   */
  readonly type?: 'image/webp' | 'image/jpeg' | 'image/png' | undefined
  /**
   * 0 to 1, as `HTMLCanvasElement.toBlob` has it.
   *
   * @default 0.8
   */
  readonly quality?: number | undefined
  /** Gives up: the promise is rejected with the signal's reason, and the work stops. */
  readonly signal?: AbortSignal | undefined
}

/** Pictures are done one after the other: two large ones at once are more than a phone has memory for. */
let queue: Promise<unknown> = Promise.resolve()

/**
 * Makes a picture smaller before it is uploaded: upright, within the bounds, without metadata. Never larger than it was: then, and when it
 * moves or is drawn (GIF, SVG), the file itself is the result.
 *
 * @throws {ImageUploadError} with its `code`, and the reason of the signal
 */
export async function compressImage(file: File, options: CompressImageOptions = {}): Promise<File> {
  const { maxWidth = Infinity, maxHeight = Infinity, type = 'image/webp', quality = 0.8, signal } = options
  check('maxWidth', maxWidth, maxWidth >= 1, 'a number of pixels from 1')
  check('maxHeight', maxHeight, maxHeight >= 1, 'a number of pixels from 1')
  check('quality', quality, quality >= 0 && quality <= 1, 'a number from 0 to 1')
  signal?.throwIfAborted()
  if (file.type === 'image/svg+xml') return file
  if (isAnimated(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()))) return file
  const types = [...new Set([type, file.type === 'image/jpeg' ? 'image/jpeg' : 'image/png'])]
  const run = queue.then(() => runInWorker({ file, maxWidth, maxHeight, types, quality }, signal))
  queue = run.catch(() => undefined)
  const blob = await withSignal(run, signal)
  if (blob.size >= file.size) return file
  return new File([blob], nameFor(file.name, blob.type), { type: blob.type, lastModified: file.lastModified })
}

/** Does not wait for its turn to give up. */
function withSignal<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return work
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error)
    signal.addEventListener('abort', stop, { once: true })
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** `IMG_1.HEIC` as WebP is `IMG_1.webp`; a name that fits already stays as it is written. */
export function nameFor(name: string, type: string): string {
  const subtype = type.replace('image/', '')
  const fits = subtype === 'jpeg' ? /\.(?:jpe?g|jpe|jfif)$/i : new RegExp(`\\.${subtype}$`, 'i')
  return fits.test(name) ? name : `${name.replace(/\.[a-z\d]{2,5}$/i, '')}.${subtype === 'jpeg' ? 'jpg' : subtype}`
}

function check(option: string, received: number, holds: boolean, wanted: string): void {
  if (holds) return
  const message = `\`compressImage\` was given a \`${option}\` that it cannot use; received ${received}. Write ${wanted}.`
  throw new ImageUploadError('PACELINE_UPLOAD_OPTIONS_INVALID', message)
}
