import { encodeInCanvas, type CanvasJob } from './encode-in-canvas.ts'
import { ImageUploadError, type ImageUploadErrorCode } from './upload-error.ts'

/** What the worker answers, once. Errors lose their class on the way, so their code is sent along. */
export type WorkerAnswer = { readonly blob: Blob } | { readonly code: ImageUploadErrorCode; readonly message: string }

addEventListener('message', ({ data }: MessageEvent<CanvasJob>) => {
  void answer(data).then((result) => postMessage(result))
})

async function answer(job: CanvasJob): Promise<WorkerAnswer> {
  try {
    return { blob: await encodeInCanvas(job) }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { code: error instanceof ImageUploadError ? error.code : 'PACELINE_UPLOAD_FAILED', message }
  }
}
