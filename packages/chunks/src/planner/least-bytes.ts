import { eachBit } from './bits.ts'
import type { PoolChunk } from './chunk-pool.ts'
import { overheadOf } from './overhead.ts'

interface Alike {
  count: number
  bytes: number
}

/**
 * Per scenario the bytes that are left when all chunks of equal reach have been joined, which is always possible and costs nobody
 * anything: what a scenario can be brought down to without another join across reaches.
 */
export class LeastBytes {
  readonly #bytes: Float64Array
  /** Reach → the chunks that have it, together. */
  readonly #alike = new Map<number, Alike>()

  /** @param unavoidable Scenario → bytes that are not counted. */
  constructor(chunks: readonly PoolChunk[], unavoidable: readonly number[]) {
    this.#bytes = Float64Array.from(unavoidable, (bytes) => -bytes)
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
    this.#change(chunk, 1)
  }

  #remove(chunk: PoolChunk): void {
    this.#change(chunk, -1)
  }

  #change(chunk: PoolChunk, sign: 1 | -1): void {
    const known = this.#alike.get(keyOf(chunk)) ?? { count: 0, bytes: 0 }
    const changed = { count: known.count + sign, bytes: known.bytes + sign * chunk.content.bytes }
    this.#alike.set(keyOf(chunk), changed)
    const difference = fileOf(changed) - fileOf(known)
    for (const scenario of eachBit(chunk.scenarios))
      this.#bytes[scenario] = (this.#bytes[scenario] as number) + difference
  }
}

function fileOf({ count, bytes }: Alike): number {
  return count === 0 ? 0 : bytes + overheadOf(Math.max(0, bytes))
}

/** Chunks that stay as they are have nobody like them. */
function keyOf(chunk: PoolChunk): number {
  return chunk.fixed ? -1 - chunk.first : chunk.reachKey
}
