/** What clients may send: so many at once, and so many per second after that. */
export interface RateLimit {
  readonly burst: number
  readonly perSecond: number
}

/** Takes requests of clients, or says how long to wait. */
export interface RateLimiter {
  /** @returns 0 when the client may go on, else the seconds after which it may */
  take(client: string, now: number): number | Promise<number>
  close(): void | Promise<void>
}

interface Bucket {
  tokens: number
  at: number
}

/** Of two generations together: what was not seen for one is forgotten, so that strangers cannot fill the memory. */
const MOST_CLIENTS = 50_000

/** A bucket of tokens per client, in this process. */
export class TokenBuckets implements RateLimiter {
  readonly #limit: RateLimit
  #young = new Map<string, Bucket>()
  #old = new Map<string, Bucket>()

  constructor(limit: RateLimit) {
    this.#limit = limit
  }

  take(client: string, now: number): number {
    const { burst, perSecond } = this.#limit
    const bucket = this.#bucket(client, now)
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond)
    bucket.at = now
    if (bucket.tokens >= 1) {
      bucket.tokens--
      return 0
    }
    return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond))
  }

  close(): void {}

  #bucket(client: string, now: number): Bucket {
    const young = this.#young.get(client)
    if (young) return young
    const bucket = this.#old.get(client) ?? { tokens: this.#limit.burst, at: now }
    if (this.#young.size >= MOST_CLIENTS / 2) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(client, bucket)
    return bucket
  }
}
