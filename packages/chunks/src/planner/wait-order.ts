import { addBits, type Bits, eachBit, intersects, isEmpty, makeBits, unionOf, without } from './bits.ts'
import type { PoolChunk } from './chunk-pool.ts'
import type { Home } from './effects.ts'

/**
 * Which modules with effects every chunk has to wait for. A chunk runs what it imports first, all of it: joining chunks can make a
 * module wait for another that the source runs later. Effects are numbered in the order of the source.
 */
export class WaitOrder {
  readonly #effects: Bits[]
  /** Chunk → effects of all chunks that it imports, directly or not. */
  readonly #below: Bits[]
  readonly #in: readonly ReadonlySet<number>[]
  readonly #homes: readonly Home[]

  /** @param chunks In an order in which every chunk comes after those that it imports. */
  constructor(
    chunks: readonly PoolChunk[],
    out: readonly ReadonlySet<number>[],
    importers: readonly ReadonlySet<number>[],
    homes: readonly Home[],
  ) {
    this.#homes = homes
    this.#effects = chunks.map(({ effects }) => effects)
    this.#in = importers
    this.#below = []
    for (const [chunk, targets] of out.entries()) {
      const below = makeBits((this.#effects[chunk] as Bits).length * 32)
      for (const target of targets) {
        addBits(below, this.#below[target] as Bits)
        addBits(below, this.#effects[target] as Bits)
      }
      this.#below.push(below)
    }
  }

  /**
   * Whether a module of either, or of what imports one of them, would wait for a later one of the other side, or a third chunk has an
   * effect between theirs that a default build runs between them.
   */
  wouldReorder(a: number, b: number): boolean {
    return this.#interleaves(a, b) || this.#makesWait(a, b) || this.#makesWait(b, a)
  }

  #interleaves(a: number, b: number): boolean {
    const first = this.#effects[a] as Bits
    const second = this.#effects[b] as Bits
    if (isEmpty(first) || isEmpty(second)) return false
    const both = unionOf(first, second)
    for (const { own: home } of this.#homes) {
      if (!intersects(home, first) || !intersects(home, second)) continue
      const own = both.map((word, index) => word & (home[index] as number))
      const others = without(home, both)
      const low = lowest(own)
      const high = highest(own)
      for (const number of eachBit(others)) if (number > low && number < high) return true
    }
    return false
  }

  #makesWait(chunk: number, other: number): boolean {
    const own = this.#effects[chunk] as Bits
    const news = without(without(this.#below[other] as Bits, this.#below[chunk] as Bits), own)
    if (this.#waits(own, news)) return true
    const brought = without(this.#effects[other] as Bits, this.#below[chunk] as Bits)
    addBits(brought, news)
    if (highest(brought) === -1) return false
    for (const importer of this.#above(chunk)) {
      if (importer === other) continue
      const later = without(brought, this.#below[importer] as Bits)
      if (this.#waits(this.#effects[importer] as Bits, later)) return true
    }
    return false
  }

  /** Whether one of these would wait for a later one of those, and does not in a default build. */
  #waits(own: Bits, below: Bits): boolean {
    if (lowest(own) >= highest(below)) return false
    return this.#homes.some((home) => {
      if (!intersects(home.own, own)) return false
      const mine = own.map((word, index) => word & (home.own[index] as number))
      return lowest(mine) < highest(without(below, home.below))
    })
  }

  /** All that import the chunk, directly or not. */
  #above(chunk: number): Set<number> {
    const above = new Set<number>(this.#in[chunk])
    for (const next of above) for (const importer of this.#in[next] as ReadonlySet<number>) above.add(importer)
    return above
  }

  joined(a: number, b: number, chunk: number, effects: Bits): void {
    const below = (this.#below[a] as Bits).slice()
    addBits(below, this.#below[b] as Bits)
    this.#effects[chunk] = effects
    this.#below[chunk] = without(below, effects)
    for (const importer of this.#above(chunk)) {
      addBits(this.#below[importer] as Bits, below)
      addBits(this.#below[importer] as Bits, effects)
    }
  }
}

function lowest(bits: Bits): number {
  for (let word = 0; word < bits.length; word++) {
    const value = bits[word] as number
    if (value !== 0) return word * 32 + 31 - Math.clz32(value & -value)
  }
  return Infinity
}

function highest(bits: Bits): number {
  for (let word = bits.length - 1; word >= 0; word--) {
    const value = bits[word] as number
    if (value !== 0) return word * 32 + 31 - Math.clz32(value)
  }
  return -1
}
