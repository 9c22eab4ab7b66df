interface Waiting {
  readonly amount: number
  readonly enter: () => void
}

/** Lets in so much at once, bytes or pieces of work, in the order in which they come; what is larger than that goes in alone. */
export class Room {
  readonly #size: number
  readonly #waiting: Waiting[] = []
  /** Those before it have gone in. */
  #next = 0
  #used = 0

  constructor(size: number) {
    this.#size = size
  }

  /** Does the work when there is room for so much. */
  async enter<Result>(amount: number, work: () => Promise<Result>): Promise<Result> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.push({ amount, enter: resolve })
    this.#letIn()
    await promise
    try {
      return await work()
    } finally {
      this.#used -= amount
      this.#letIn()
    }
  }

  #letIn(): void {
    for (let first = this.#waiting[this.#next]; first; first = this.#waiting[this.#next]) {
      if (this.#used > 0 && this.#used + first.amount > this.#size) return
      this.#used += first.amount
      this.#next++
      first.enter()
    }
    this.#waiting.length = 0
    this.#next = 0
  }
}
