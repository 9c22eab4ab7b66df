import type { Store } from '../store/store.ts'

/** An answer is as old as this at most, in milliseconds: however many ask, the store is asked once. */
const FRESH = 1000
/** Milliseconds that the store has to answer. */
const PATIENCE = 2000

export interface ReadinessOptions {
  readonly check: Store['check']
  /** Told when it changes, with the reason. */
  readonly changed: (problem: string | undefined) => void
}

/** Whether beacons can be taken now, as the store says: it is asked only when somebody wants to know. */
export class Readiness {
  readonly #options: ReadinessOptions
  #asked: Promise<string | undefined> | undefined
  #askedAt = Number.NEGATIVE_INFINITY
  #last: string | undefined

  constructor(options: ReadinessOptions) {
    this.#options = options
  }

  /** Why no beacons can be taken, in words that anybody may read; `undefined` when they can. Answers within two seconds, and never throws. */
  problem(): Promise<string | undefined> {
    if (this.#asked && performance.now() - this.#askedAt < FRESH) return this.#asked
    this.#askedAt = performance.now()
    this.#asked = this.#ask()
    return this.#asked
  }

  async #ask(): Promise<string | undefined> {
    const late = Promise.withResolvers<string>()
    const timer = setTimeout(() => late.resolve(`The store does not answer within ${PATIENCE / 1000} s.`), PATIENCE)
    const problem = await Promise.race([this.#check(), late.promise])
    clearTimeout(timer)
    // An answer takes longer than it is fresh: whoever asks meanwhile gets this one.
    this.#askedAt = performance.now()
    if (problem !== this.#last) this.#options.changed(problem)
    this.#last = problem
    return problem
  }

  #pending: Promise<string | undefined> | undefined

  /** A store that hangs is asked once, not once a second for as long as it hangs. */
  #check(): Promise<string | undefined> {
    this.#pending ??= this.#options
      .check()
      .catch(() => 'The store cannot be asked.')
      .finally(() => (this.#pending = undefined))
    return this.#pending
  }
}
