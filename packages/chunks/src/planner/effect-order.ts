import {
  addBits,
  type Bits,
  highestOfBoth,
  intersects,
  isEmpty,
  isSubset,
  lowestOfBoth,
  makeBits,
  unionOf,
  without,
} from './bits.ts'
import type { PoolChunk } from './chunk-pool.ts'
import type { Home } from './effects.ts'

/** What joins would do to the order of effects. Effects are numbered in the order of the source. */
interface Running {
  readonly chunk: PoolChunk
  /** Effects of all chunks that it imports, directly or not. */
  readonly below: Bits
  /** Default chunks that its effects are from. */
  readonly homes: readonly Home[]
}

/**
 * Keeps joins from changing the order of effects. A chunk runs what it imports first, all of it, in the order of the chunks' first
 * modules, and then all of itself. This is what Rolldown does; what Rollup does otherwise is found when the plan is complete.
 */
export class EffectOrder {
  readonly #running: (Running | undefined)[] = []
  /** Numbers of chunks with effects. */
  readonly #loud = new Set<number>()
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
    this.#in = importers
    for (const [number, chunk] of chunks.entries()) {
      const below = makeBits(chunk.effects.length * 32)
      for (const target of out[number] as ReadonlySet<number>) addBits(below, this.#ranBy(target))
      this.#add(number, chunk, below)
    }
  }

  #add(number: number, chunk: PoolChunk, below: Bits): void {
    const homes = this.#homes.filter(({ own }) => intersects(own, chunk.effects))
    this.#running[number] = { chunk, below, homes }
    if (homes.length > 0) this.#loud.add(number)
  }

  #of(chunk: number): Running {
    return this.#running[chunk] as Running
  }

  /** Effects that have run when the chunk has. */
  #ranBy(chunk: number): Bits {
    const { chunk: content, below } = this.#of(chunk)
    return unionOf(content.effects, below)
  }

  /** Whether an effect would run before one that both the source and a default build run earlier. */
  wouldReorder(a: number, b: number): boolean {
    const nothing = isEmpty(this.#ranBy(a)) && isEmpty(this.#ranBy(b))
    if (nothing) return false
    if (this.#interleaves(a, b) || this.#makesWait(a, b) || this.#makesWait(b, a)) return true
    // Chunks of equal reach are one chunk in a default build: what that brings forward is brought forward there too.
    return this.#of(a).chunk.reachKey !== this.#of(b).chunk.reachKey && this.#overtakes(a, b)
  }

  /** A third chunk has an effect between theirs. */
  #interleaves(a: number, b: number): boolean {
    const first = this.#of(a)
    const second = this.#of(b)
    const both = unionOf(first.chunk.effects, second.chunk.effects)
    return first.homes.some(({ own }) => {
      if (!intersects(own, second.chunk.effects)) return false
      const others = without(own, both)
      const lowest = lowestOfBoth(own, both)
      const highest = highestOfBoth(own, both)
      for (let number = lowest + 1; number < highest; number++) {
        if (((others[number >>> 5] as number) & (1 << (number & 31))) !== 0) return true
      }
      return false
    })
  }

  /** The chunk, or what imports it, would wait for later effects that the other one brings. */
  #makesWait(chunk: number, other: number): boolean {
    const { chunk: content, below } = this.#of(chunk)
    const news = without(without(this.#of(other).below, below), content.effects)
    if (this.#clash(chunk, news)) return true
    const brought = unionOf(news, without(this.#of(other).chunk.effects, below))
    if (isEmpty(brought)) return false
    // What waits for all of it already lets nobody above it wait for anything new.
    const above = new Set(this.#in[chunk])
    for (const importer of above) {
      if (importer === other || isSubset(brought, this.#of(importer).below)) continue
      if (this.#clash(importer, without(brought, this.#of(importer).below))) return true
      for (const next of this.#in[importer] as ReadonlySet<number>) above.add(next)
    }
    return false
  }

  /** The one that stands later in import statements would stand where the earlier one does, before a third that it came after. */
  #overtakes(a: number, b: number): boolean {
    const [early, late] = this.#of(a).chunk.first < this.#of(b).chunk.first ? [a, b] : [b, a]
    const from = this.#of(early).chunk.first
    const to = this.#of(late).chunk.first
    const moved = without(this.#ranBy(late), this.#ranBy(early))
    if (isEmpty(moved)) return false
    for (const other of this.#loud) {
      const { first, scenarios, effects } = this.#of(other).chunk
      if (first <= from || first >= to || other === early || other === late) continue
      if (!intersects(scenarios, this.#of(late).chunk.scenarios) || isSubset(effects, this.#of(late).below)) continue
      if (this.#clash(other, moved)) return true
    }
    return false
  }

  /** Whether an effect of the chunk has to run before one of those. */
  #clash(chunk: number, others: Bits): boolean {
    const { homes, chunk: content } = this.#of(chunk)
    return homes.some(({ own, after }) => lowestOfBoth(own, content.effects) < highestOfBoth(after, others))
  }

  joined(a: number, b: number, number: number, chunk: PoolChunk): void {
    const below = unionOf(this.#of(a).below, this.#of(b).below)
    for (const old of [a, b]) {
      this.#running[old] = undefined
      this.#loud.delete(old)
    }
    this.#add(number, chunk, without(below, chunk.effects))
    const ran = this.#ranBy(number)
    const above = new Set(this.#in[number])
    for (const importer of above) {
      const known = this.#of(importer).below
      if (isSubset(ran, known)) continue
      addBits(known, ran)
      for (const next of this.#in[importer] as ReadonlySet<number>) above.add(next)
    }
  }
}
