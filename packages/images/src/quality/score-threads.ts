import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Pixels } from './pixels.ts'
import { scoreHere } from './score-here.ts'
import type { ScoreAnswer, ScoreRequest } from './score-worker.ts'
import { SharedPixels } from './shared-pixels.ts'

/** Scores the candidates of one reference away from the thread that Vite runs on. */
export interface ScoreThread {
  /** Waits until the reference is prepared, which takes memory of its own. @throws what went wrong in the thread */
  prepare(): Promise<void>
  /** @throws what went wrong in the thread */
  score(candidate: Pixels): Promise<number>
  /** Lets go of the reference. */
  end(): void
}

interface Thread {
  readonly worker: Worker
  readonly waiting: Map<number, PromiseWithResolvers<number>>
  searches: number
  failure?: { readonly reason: unknown }
}

/** Decoding and scoring are 28 % of the CPU of a search, and sharp decodes in threads of its own: one thread for four cores keeps up. */
const MOST_THREADS = Math.ceil(availableParallelism() / 4)

/** Beside this file, as source and as built. */
const PROGRAM = new URL(import.meta.url.endsWith('.ts') ? './score-worker.ts' : './score-worker.js', import.meta.url)

const threads: Thread[] = []
let lastNumber = 0

/**
 * Starts a thread, or shares the one with the fewest searches. Idle threads do not keep the process alive. Where threads may not be started
 * (`node --permission`), the scores are computed here.
 */
export function openScoreThread(reference: Pixels): ScoreThread {
  if (process.permission && !process.permission.has('worker')) return scoreHere(reference)
  const thread = freeThread()
  const search = ++lastNumber
  const shared = SharedPixels.borrow(reference.data.length)
  thread.searches++
  const prepared = ask(thread, (request) => ({ search, request, reference: shared.share(reference) }))
  let last = prepared
  // Whoever asks for a score hears of it.
  last.catch(() => {})
  return {
    async prepare() {
      await prepared
    },
    score(candidate) {
      // One after the other: they share their memory.
      const answer = last.then(() =>
        ask(thread, (request) => ({ search, request, candidate: shared.share(candidate) })),
      )
      last = answer
      return answer
    },
    end() {
      const finish = (): void => {
        thread.searches--
        thread.worker.postMessage({ search, end: true } satisfies ScoreRequest, [])
        shared.giveBack()
      }
      void last.then(finish, finish)
    },
  }
}

function ask(thread: Thread, message: (request: number) => ScoreRequest): Promise<number> {
  if (thread.failure) return Promise.reject(thread.failure.reason)
  const request = ++lastNumber
  const answer = Promise.withResolvers<number>()
  thread.waiting.set(request, answer)
  thread.worker.ref()
  thread.worker.postMessage(message(request), [])
  return answer.promise
}

function freeThread(): Thread {
  const [least] = threads.toSorted((a, b) => a.searches - b.searches)
  if (least && (least.searches === 0 || threads.length >= MOST_THREADS)) return least
  const thread: Thread = { worker: new Worker(PROGRAM), waiting: new Map(), searches: 0 }
  thread.worker.unref()
  thread.worker.on('message', ({ request, score }: ScoreAnswer) => {
    thread.waiting.get(request)?.resolve(score)
    thread.waiting.delete(request)
    if (thread.waiting.size === 0) thread.worker.unref()
  })
  thread.worker.on('error', (error) => fail(thread, error))
  thread.worker.on('exit', (code) => fail(thread, ended(code)))
  threads.push(thread)
  return thread
}

/** With a code, so that no picture is blamed for it. */
function ended(exitCode: number): Error {
  const error = new Error(`The thread that scores images ended with code ${exitCode}.`)
  return Object.assign(error, { code: 'ERR_SCORE_THREAD_ENDED' })
}

/** All searches in it fail with its reason; the next one gets a new thread. */
function fail(thread: Thread, reason: unknown): void {
  thread.failure ??= { reason }
  const at = threads.indexOf(thread)
  if (at !== -1) threads.splice(at, 1)
  for (const { reject } of thread.waiting.values()) reject(reason)
  thread.waiting.clear()
}
