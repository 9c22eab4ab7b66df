import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Arrived } from '../store/store.ts'
import type { Answer, Message, Request, ThreadData } from './protocol.ts'

/** Beside this file as source; as built, beside the whole package in one file. */
const PROGRAM = new URL(import.meta.url.endsWith('.ts') ? './store-worker.ts' : './store-worker.js', import.meta.url)

/** A thread that answers requests one after the other. */
export class Thread {
  readonly #worker: Worker
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>()
  #last = 0
  #failure: Error | undefined
  onArrived: (arrived: readonly Arrived[]) => void = () => {}
  #onTrouble: (message: string | undefined) => void = () => {}
  #trouble: string | undefined
  #onFound: ((message: string) => void) | undefined
  #found: string[] = []

  private constructor(worker: Worker) {
    this.#worker = worker
    worker.on('message', (answer: Answer) => this.#take(answer))
    worker.on('error', (error) => this.#fail(error as Error))
    worker.on('exit', () => this.#fail(new Error('The thread has ended.')))
  }

  /** @throws what kept the thread from starting */
  static async start(data: ThreadData): Promise<Thread> {
    const worker = new Worker(PROGRAM, { workerData: data, execArgv: ['--disable-warning=ExperimentalWarning'] })
    const [answer] = (await once(worker, 'message')) as [Answer]
    if ('failed' in answer) {
      await worker.terminate()
      throw new Error(answer.failed)
    }
    return new Thread(worker)
  }

  /** Hears of the trouble that there is already, too. */
  set onTrouble(listener: (message: string | undefined) => void) {
    this.#onTrouble = listener
    if (this.#trouble !== undefined) listener(this.#trouble)
  }

  /** Hears of what was found before, too. */
  set onFound(listener: (message: string) => void) {
    this.#onFound = listener
    for (const message of this.#found.splice(0)) listener(message)
  }

  get isDead(): boolean {
    return this.#failure !== undefined
  }

  ask<Result>(request: Request, transfer: ArrayBuffer[] = []): Promise<Result> {
    if (this.#failure) return Promise.reject(this.#failure)
    const id = ++this.#last
    const answer = Promise.withResolvers<unknown>()
    this.#waiting.set(id, answer)
    this.#worker.postMessage({ id, request } satisfies Message, transfer)
    return answer.promise as Promise<Result>
  }

  /** Ends it when all that was asked is answered. */
  async close(): Promise<void> {
    if (this.#failure) return
    const ended = once(this.#worker, 'exit')
    await this.ask({ type: 'close' })
    await ended
  }

  #take(answer: Answer): void {
    if ('arrived' in answer) this.onArrived(answer.arrived)
    if ('trouble' in answer) this.#onTrouble((this.#trouble = answer.trouble))
    if ('found' in answer) {
      if (this.#onFound) this.#onFound(answer.found)
      else this.#found.push(answer.found)
    }
    if (!('id' in answer)) return
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if ('problem' in answer) waiting?.reject(new Error(answer.problem))
    else waiting?.resolve(answer.result)
  }

  #fail(error: Error): void {
    this.#failure ??= error
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
