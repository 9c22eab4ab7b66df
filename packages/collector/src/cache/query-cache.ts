/** A store of answers that several instances share. Whatever fails in it is a miss. */
export interface SharedCache {
  get(key: string): Promise<string | undefined>
  set(key: string, value: string, ttl: number): Promise<void>
  /** Whether nobody else is making this answer now; it is forgotten after `ttl` milliseconds. */
  claim(key: string, ttl: number): Promise<boolean>
  clear(): Promise<void>
}

export interface QueryCacheStatistics {
  readonly entries: number
  readonly hits: number
  /** Out of the cache that is shared. */
  readonly sharedHits: number
  readonly misses: number
  /** Requests that waited for the answer of another one. */
  readonly joined: number
}

/** Where an answer came from. */
export type CacheSource = 'memory' | 'shared' | 'joined' | 'store'

interface Entry {
  readonly value: unknown
  readonly until: number
}

const MOST_ENTRIES = 500
/** How long another instance may take for an answer before it is made here as well. */
const CLAIM = 2000
const LOOK_AGAIN = 40

/** Keeps answers for a moment. Of many who ask the same at once one asks the store, here and across instances. */
export class QueryCache {
  readonly #ttl: number
  readonly #shared: SharedCache | undefined
  readonly #now: () => number
  readonly #entries = new Map<string, Entry>()
  readonly #making = new Map<string, Promise<unknown>>()
  #counts = { hits: 0, sharedHits: 0, misses: 0, joined: 0 }
  /** What is made while the cache is cleared is old already. */
  #generation = 0

  constructor(ttl: number, now: () => number, shared?: SharedCache) {
    this.#ttl = ttl
    this.#now = now
    this.#shared = shared
  }

  async get<Value>(key: string, make: () => Promise<Value>): Promise<{ value: Value; source: CacheSource }> {
    const known = this.#entries.get(key)
    const left = known ? known.until - this.#now() : 0
    // After the clock was set back it would be in force until the clock is where it was.
    if (known && left > 0 && left <= this.#ttl) {
      this.#counts.hits++
      return { value: known.value as Value, source: 'memory' }
    }
    const making = this.#making.get(key)
    if (making) {
      this.#counts.joined++
      return { value: (await making) as Value, source: 'joined' }
    }
    let source: CacheSource = 'store'
    const made = this.#make(key, make, () => (source = 'shared')).finally(() => this.#making.delete(key))
    this.#making.set(key, made)
    return { value: await made, source }
  }

  async clear(): Promise<void> {
    this.#generation++
    this.#entries.clear()
    await this.#shared?.clear()
  }

  statistics(): QueryCacheStatistics {
    return { entries: this.#entries.size, ...this.#counts }
  }

  async #make<Value>(key: string, make: () => Promise<Value>, isShared: () => void): Promise<Value> {
    const generation = this.#generation
    const text = await this.#fromShared(key)
    if (text !== undefined) {
      isShared()
      this.#counts.sharedHits++
      const value = JSON.parse(text) as Value
      this.#keep(key, value, generation)
      return value
    }
    this.#counts.misses++
    const value = await make()
    this.#keep(key, value, generation)
    if (generation === this.#generation) await this.#shared?.set(key, JSON.stringify(value), this.#ttl)
    return value
  }

  /** Waits for an instance that is making the same answer, for as long as a claim holds. */
  async #fromShared(key: string): Promise<string | undefined> {
    if (!this.#shared) return undefined
    const end = performance.now() + CLAIM
    for (;;) {
      const text = await this.#shared.get(key)
      if (text !== undefined || performance.now() > end || (await this.#shared.claim(key, CLAIM))) return text
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN))
    }
  }

  #keep(key: string, value: unknown, generation: number): void {
    if (generation !== this.#generation) return
    this.#entries.delete(key)
    this.#entries.set(key, { value, until: this.#now() + this.#ttl })
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= MOST_ENTRIES) break
      this.#entries.delete(oldest)
    }
  }
}
