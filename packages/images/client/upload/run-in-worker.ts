import type { WorkerAnswer } from './compress-worker.ts'
import { encodeInCanvas, type CanvasJob } from './encode-in-canvas.ts'
import { ImageUploadError } from './upload-error.ts'

/** Whether a worker could not be started: a policy forbids it, or its file is not where the bundler said. It is not tried again. */
let isHopeless = false

/**
 * Encodes away from the main thread, so that typing and scrolling go on; on it where there is no worker to be had. Each picture has its own
 * worker: one that is given up is stopped at once, and its memory is free.
 *
 * @throws {ImageUploadError} and the reason of the signal
 */
export async function runInWorker(job: CanvasJob, signal: AbortSignal | undefined): Promise<Blob> {
  signal?.throwIfAborted()
  const worker = isHopeless ? undefined : startWorker()
  const answer = worker && (await ask(worker, job, signal).finally(() => worker.terminate()))
  if (answer === undefined) {
    isHopeless = true
    const blob = await encodeInCanvas(job)
    signal?.throwIfAborted()
    return blob
  }
  if ('blob' in answer) return answer.blob
  throw new ImageUploadError(answer.code, answer.message)
}

function startWorker(): Worker | undefined {
  if (typeof Worker !== 'function' || typeof OffscreenCanvas !== 'function') return undefined
  try {
    // Written out in one piece, with the extension of the built file: bundlers look for exactly this.
    return new Worker(new URL('./compress-worker.js', import.meta.url), { type: 'module' })
  } catch {
    return undefined
  }
}

/** Nothing when the worker did not start. */
function ask(worker: Worker, job: CanvasJob, signal: AbortSignal | undefined): Promise<WorkerAnswer | undefined> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal?.reason as Error)
    signal?.addEventListener('abort', stop, { once: true })
    const settle = (answer: WorkerAnswer | undefined): void => {
      signal?.removeEventListener('abort', stop)
      resolve(answer)
    }
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) => settle(data))
    worker.addEventListener('error', (event) => {
      // Else it is printed as an error of the page.
      event.preventDefault()
      settle(undefined)
    })
    worker.addEventListener('messageerror', () => settle(undefined))
    worker.postMessage(job, [])
  })
}
