import type { VitalName } from '@paceline/kit'
import { LAST_BUCKET, ZERO_BUCKET } from '../sketch/buckets.ts'
import { COUNTS, emptyCell, tallyOf } from './cell.ts'
import type { Cell } from './cell.ts'
import { readCell, readTallyBytes } from './encode-cell.ts'
import type { BucketSink } from './encode-cell.ts'
import { emptyTally, holdTo, merge } from './tally.ts'
import type { Tally } from './tally.ts'

/** Arrays of nothing but zeros, from sums that are done: making one for each of thousands of sums costs more than adding. */
const spare: Float64Array[] = []
const MOST_SPARE = 512
const NONE = new Float64Array(0)

/** Counts by bucket in one array: the buckets of thousands of cells are added up here, and a map takes five times as long. */
class DenseBuckets implements BucketSink {
  #sums = spare.pop() ?? new Float64Array(LAST_BUCKET - ZERO_BUCKET + 1)
  #low = LAST_BUCKET
  #high = ZERO_BUCKET

  add(bucket: number, count: number): void {
    this.#sums[bucket - ZERO_BUCKET]! += count
    if (bucket < this.#low) this.#low = bucket
    if (bucket > this.#high) this.#high = bucket
  }

  /** Gives them away: there is nothing left in here. */
  moveTo(buckets: Map<number, number>): void {
    const sums = this.#sums
    for (let bucket = this.#low; bucket <= this.#high; bucket++) {
      const sum = sums[bucket - ZERO_BUCKET]!
      if (sum === 0) continue
      buckets.set(bucket, sum)
      sums[bucket - ZERO_BUCKET] = 0
    }
    this.#sums = NONE
    if (spare.length < MOST_SPARE && sums !== NONE) spare.push(sums)
  }
}

/** The sum of many encoded cells: what merging them one after the other gives. */
export class CellSum {
  readonly #cell = emptyCell()
  readonly #buckets = new Map<VitalName, DenseBuckets>()

  /** @param limits in force; what was counted against others is forgotten. Absent: the cell is a sum of which that is true */
  add(bytes: Uint8Array, limits?: Readonly<Partial<Record<VitalName, number>>>): void {
    const cell = readCell(bytes, (name) => this.#bucketsOf(name))
    for (const name of COUNTS) this.#cell[name] += cell[name]
    for (const [name, tally] of cell.vitals) {
      if (limits) holdTo(tally, limits[name] ?? Number.NaN)
      merge(tallyOf(this.#cell.vitals, name), tally)
    }
  }

  /** To be asked once. */
  cell(): Cell {
    for (const [name, buckets] of this.#buckets) buckets.moveTo(tallyOf(this.#cell.vitals, name).buckets)
    return this.#cell
  }

  #bucketsOf(name: VitalName): DenseBuckets {
    const known = this.#buckets.get(name)
    if (known) return known
    const made = new DenseBuckets()
    this.#buckets.set(name, made)
    return made
  }
}

/** The sum of many encoded tallies. */
export class TallySum {
  readonly #tally = emptyTally()
  readonly #buckets = new DenseBuckets()

  /** @param limit in force, as for {@link CellSum} */
  add(bytes: Uint8Array, limit?: number): void {
    const tally = readTallyBytes(bytes, this.#buckets)
    if (limit !== undefined) holdTo(tally, limit)
    merge(this.#tally, tally)
  }

  /** To be asked once. */
  tally(): Tally {
    this.#buckets.moveTo(this.#tally.buckets)
    return this.#tally
  }
}
