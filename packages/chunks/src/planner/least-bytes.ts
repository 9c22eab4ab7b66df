import { eachBit } from './bits.ts'
import type { PoolChunk } from './chunk-pool.ts'
import { CHUNK_BYTES } from './settings.ts'

/**
 * Per scenario the bytes that are left when all chunks of equal reach have been joined, which is always possible and costs nobody
 * anything: what a scenario can be brought down to without another join across reaches.
 */
export class LeastBytes {
  readonly #bytes: Float64Array
  /** Reach → number of chunks that have it. */
  readonly #alike = new Map<number, number>()

  constructor(chunks: readonly PoolChunk[], scenarios: number) {
    this.#bytes = new Float64Array(scenarios).fill(-CHUNK_BYTES)
    for (const chunk of chunks) this.#add(chunk)
  }

  of(scenario: number): number {
    return this.#bytes[scenario] as number
  }

  joined(a: PoolChunk, b: PoolChunk, chunk: PoolChunk): void {
    this.#remove(a)
    this.#remove(b)
    this.#add(chunk)
  }

  #add(chunk: PoolChunk): void {
    const key = keyOf(chunk)
    const count = this.#alike.get(key) ?? 0
    this.#alike.set(key, count + 1)
    this.#count(chunk, chunk.content.bytes + (count === 0 ? CHUNK_BYTES : 0))
  }

  #remove(chunk: PoolChunk): void {
    const key = keyOf(chunk)
    const count = this.#alike.get(key) as number
    this.#alike.set(key, count - 1)
    this.#count(chunk, -chunk.content.bytes - (count === 1 ? CHUNK_BYTES : 0))
  }

  #count(chunk: PoolChunk, bytes: number): void {
    for (const scenario of eachBit(chunk.scenarios)) this.#bytes[scenario] = (this.#bytes[scenario] as number) + bytes
  }
}

/** Chunks that stay as they are have nobody like them. */
function keyOf(chunk: PoolChunk): number {
  return chunk.fixed ? -1 - chunk.first : chunk.reachKey
}
