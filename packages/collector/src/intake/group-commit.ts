import type { Delivery, Receipt, Store, Verdict } from '../store/store.ts'
import type { IntakeCounts } from './intake-counts.ts'

/** Told once what became of a body; `undefined`: it could not be stored. */
export type Settled = (verdict: Verdict | undefined) => void

interface Waiting {
  readonly delivery: Delivery
  readonly settled: Settled
}

/** While one is on its way to the disk, the next is already with the store. */
const MOST_IN_FLIGHT = 2
const MOST_IN_A_BATCH = 1000
/** What may wait: above, pages are told to come back later. */
const MOST_WAITING = 20_000
const MOST_WAITING_BYTES = 32 * 1024 * 1024

/**
 * Bodies go to the disk in groups: all that arrived while the last group was written. One commit costs the same for one body as for a
 * thousand, so that a slow disk makes groups larger, not the queue longer.
 */
export class GroupCommit {
  readonly #store: Store
  readonly #counts: IntakeCounts
  readonly #failed: (error: Error) => void
  #waiting: Waiting[] = []
  #inFlight = 0
  #scheduled = false
  #idle: (() => void)[] = []

  /** @param failed told of a group that could not be stored */
  constructor(store: Store, counts: IntakeCounts, failed: (error: Error) => void) {
    this.#store = store
    this.#counts = counts
    this.#failed = failed
  }

  /** Whether no more can be taken now. */
  get isFull(): boolean {
    return this.#counts.waiting >= MOST_WAITING || this.#counts.waitingBytes >= MOST_WAITING_BYTES
  }

  add(delivery: Delivery, settled: Settled): void {
    this.#counts.waiting++
    this.#counts.waitingBytes += delivery.body.length
    this.#waiting.push({ delivery, settled })
    if (this.#scheduled) return
    this.#scheduled = true
    // Requests that were read in the same turn go together.
    setImmediate(() => {
      this.#scheduled = false
      this.#next()
    })
  }

  /** Waits until nothing waits. */
  async drain(): Promise<void> {
    while (this.#counts.waiting > 0) await new Promise<void>((resolve) => this.#idle.push(resolve))
  }

  #next(): void {
    while (this.#inFlight < MOST_IN_FLIGHT && this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_IN_A_BATCH)
      this.#inFlight++
      void this.#commit(batch)
    }
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    let receipt: Receipt | undefined
    try {
      receipt = await this.#store.append(batch.map(({ delivery }) => delivery))
    } catch (error) {
      // The disk is full, or the store is gone: each is told to come back, and it is counted as 503.
      this.#failed(error as Error)
    }
    this.#inFlight--
    this.#counts.beacons += receipt?.beacons ?? 0
    for (const [problem, count] of Object.entries(receipt?.problems ?? {}))
      this.#counts.problems[problem] = (this.#counts.problems[problem] ?? 0) + count
    this.#next()
    for (const [index, { delivery, settled }] of batch.entries()) {
      this.#counts.waiting--
      this.#counts.waitingBytes -= delivery.body.length
      settled(receipt?.verdicts[index])
    }
    if (this.#counts.waiting > 0) return
    for (const resolve of this.#idle) resolve()
    this.#idle = []
  }
}
