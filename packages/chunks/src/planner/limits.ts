import { type Bits, eachBit, hasBit, intersects, makeBits, setBit, without } from './bits.ts'
import type { PoolChunk } from './chunk-pool.ts'
import type { MergeState } from './merge-state.ts'
import { overheadOf } from './overhead.ts'

/** What no scenario and no entry may go beyond. */
export interface Limits {
  /** Scenario → requests. */
  readonly requests: readonly number[]
  /** Scenario → bytes. */
  readonly bytes: readonly number[]
  /** Requests of an entry's own closure. */
  readonly initial: number
  /** Scenario → bytes that no join may lift it above, for the sake of another. */
  readonly ceiling: readonly number[]
}

/** Sums of sizes in another order differ in the last digits. */
const ROUNDING = 0.5

/** Counts what every scenario and every entry loads, and knows who is over a limit. */
export class LimitWatch {
  readonly #limits: Limits
  readonly #requests: number[]
  readonly #bytes: number[]
  readonly #initial: Map<number, number>
  /** Scenarios and roots over a limit. */
  readonly scenarios: Bits
  readonly roots: Bits
  #over = 0

  constructor(state: MergeState, limits: Limits) {
    const { reach, graph, unavoidable } = state.context
    this.#limits = limits
    this.#requests = graph.scenarios.map(() => 0)
    this.#bytes = unavoidable.map((bytes) => -bytes)
    this.#initial = new Map()
    this.scenarios = makeBits(graph.scenarios.length)
    this.roots = makeBits(reach.roots.length)
    for (const [root] of reach.roots.entries()) if (hasBit(reach.entryRoots, root)) this.#initial.set(root, 0)
    for (const chunk of state.alive()) this.#count(state.chunks[chunk] as PoolChunk, 1)
    this.#mark()
  }

  get met(): boolean {
    return this.#over === 0
  }

  /** Whether somebody who is over a limit loads the chunk. */
  concerns(chunk: PoolChunk): boolean {
    return intersects(chunk.scenarios, this.scenarios) || intersects(chunk.roots, this.roots)
  }

  /** Whether joining the two takes a request from somebody who has too many, or bytes. */
  serves(a: PoolChunk, b: PoolChunk): boolean {
    const helps = shared(a.scenarios, b.scenarios, this.scenarios) || shared(a.roots, b.roots, this.roots)
    return helps && this.#staysBelow(a, b) && this.#staysBelow(b, a)
  }

  /** Whether those who load the first without the second can take the second too. */
  #staysBelow(a: PoolChunk, b: PoolChunk): boolean {
    const together = a.content.bytes + b.content.bytes
    const more = b.content.bytes + overheadOf(together) - overheadOf(a.content.bytes)
    for (const scenario of eachBit(without(a.scenarios, b.scenarios))) {
      if ((this.#bytes[scenario] as number) + more > (this.#limits.ceiling[scenario] as number) + ROUNDING) return false
    }
    return true
  }

  joined(a: PoolChunk, b: PoolChunk, chunk: PoolChunk): void {
    this.#count(a, -1)
    this.#count(b, -1)
    this.#count(chunk, 1)
    this.#mark()
  }

  #count(chunk: PoolChunk, sign: 1 | -1): void {
    const bytes = chunk.content.bytes + overheadOf(chunk.content.bytes)
    for (const [scenario] of this.#requests.entries()) {
      if (!hasBit(chunk.scenarios, scenario)) continue
      this.#requests[scenario] = (this.#requests[scenario] as number) + sign
      this.#bytes[scenario] = (this.#bytes[scenario] as number) + sign * bytes
    }
    for (const [root, count] of this.#initial) if (hasBit(chunk.roots, root)) this.#initial.set(root, count + sign)
  }

  #mark(): void {
    this.#over = 0
    this.scenarios.fill(0)
    this.roots.fill(0)
    for (const [scenario, requests] of this.#requests.entries()) {
      const tooMany = requests > (this.#limits.requests[scenario] as number)
      const tooMuch = (this.#bytes[scenario] as number) > (this.#limits.bytes[scenario] as number) + ROUNDING
      if (!tooMany && !tooMuch) continue
      setBit(this.scenarios, scenario)
      this.#over++
    }
    for (const [root, count] of this.#initial) {
      if (count <= this.#limits.initial) continue
      setBit(this.roots, root)
      this.#over++
    }
  }
}

function shared(a: Bits, b: Bits, wanted: Bits): boolean {
  if (!intersects(a, wanted)) return false
  for (let word = 0; word < a.length; word++) {
    if (((a[word] as number) & (b[word] as number) & (wanted[word] as number)) !== 0) return true
  }
  return false
}
