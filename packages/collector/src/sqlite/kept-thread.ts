import type { Arrived } from '../store/store.ts'
import type { Request, ThreadData } from './protocol.ts'
import { Thread } from './thread.ts'

/** Milliseconds between two starts: one that dies at once shall not keep the machine busy with starting. */
const PAUSE = 500

/**
 * A thread that is started anew when it has died, as one does that runs out of memory. What was asked of the dead one fails; nothing is asked twice, and what is on
 * disk is where the new one begins.
 */
export class KeptThread {
  readonly role: ThreadData['role']
  readonly #data: ThreadData
  readonly #revived: () => void
  #thread: Thread
  #arrived: (arrived: readonly Arrived[]) => void = () => {}
  #trouble: (message: string | undefined) => void = () => {}
  #found: (message: string) => void = () => {}
  #reviving: Promise<void> | undefined
  #startedAt = performance.now()
  #isClosed = false

  private constructor(data: ThreadData, thread: Thread, revived: () => void) {
    this.role = data.role
    this.#data = data
    this.#thread = thread
    this.#revived = revived
  }

  /**
   * @param revived told after each start but the first
   * @throws what kept the thread from starting
   */
  static async start(data: ThreadData, revived: () => void = () => {}): Promise<KeptThread> {
    return new KeptThread(data, await Thread.start(data), revived)
  }

  /** Whether it answers. One that does not is being started. */
  get isAlive(): boolean {
    if (!this.#thread.isDead) return true
    this.#revive()
    return false
  }

  set onArrived(listener: (arrived: readonly Arrived[]) => void) {
    this.#arrived = listener
    this.#thread.onArrived = listener
  }

  set onTrouble(listener: (message: string | undefined) => void) {
    this.#trouble = listener
    this.#thread.onTrouble = listener
  }

  set onFound(listener: (message: string) => void) {
    this.#found = listener
    this.#thread.onFound = listener
  }

  ask<Result>(request: Request, transfer: ArrayBuffer[] = []): Promise<Result> {
    if (this.#thread.isDead) this.#revive()
    return this.#thread.ask(request, transfer)
  }

  /** Ends it when all that was asked is answered. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#reviving
    await this.#thread.close()
  }

  #revive(): void {
    if (this.#isClosed || this.#reviving || performance.now() - this.#startedAt < PAUSE) return
    this.#startedAt = performance.now()
    this.#reviving = this.#startAnew().finally(() => (this.#reviving = undefined))
  }

  async #startAnew(): Promise<void> {
    try {
      const thread = await Thread.start(this.#data)
      thread.onArrived = this.#arrived
      thread.onTrouble = this.#trouble
      thread.onFound = this.#found
      this.#thread = thread
      this.#revived()
    } catch {
      // It stays dead, which whoever asks hears of, and the next one who asks tries again.
    }
  }
}
