import type { Question } from '../shared/messages.ts'

/** A worker that does not answer is about to be replaced. */
const PATIENCE_MS = 3000

/** Asks a worker and waits for the answer; `undefined` when none comes. */
export function askWorker(worker: ServiceWorker, question: Question, patience: number = PATIENCE_MS): Promise<unknown> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    const timer = setTimeout(() => resolve(undefined), patience)
    port1.addEventListener('message', ({ data }) => {
      clearTimeout(timer)
      port1.close()
      resolve(data)
    })
    port1.start()
    worker.postMessage(question, [port2])
  })
}
