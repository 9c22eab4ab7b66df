interface Waiting {
  readonly bytes: number
  readonly enter: () => void
}

/** Lets so many bytes in at once, in the order in which they come; what is larger than that goes in alone. */
export class ByteRoom {
  readonly #size: number
  readonly #waiting: Waiting[] = []
  /** Those before it have gone in. */
  #next = 0
  #used = 0

  constructor(size: number) {
    this.#size = size
  }

  /** Does the work when there is room for so many bytes. */
  async enter<Result>(bytes: number, work: () => Promise<Result>): Promise<Result> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.push({ bytes, enter: resolve })
    this.#letIn()
    await promise
    try {
      return await work()
    } finally {
      this.#used -= bytes
      this.#letIn()
    }
  }

  #letIn(): void {
    for (let first = this.#waiting[this.#next]; first; first = this.#waiting[this.#next]) {
      if (this.#used > 0 && this.#used + first.bytes > this.#size) return
      this.#used += first.bytes
      this.#next++
      first.enter()
    }
    this.#waiting.length = 0
    this.#next = 0
  }
}
