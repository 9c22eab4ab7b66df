import type { VitalName } from '@paceline/kit'
import { LAST_BUCKET, ZERO_BUCKET } from '../sketch/buckets.ts'
import { COUNTS, emptyCell, tallyOf } from './cell.ts'
import type { Cell } from './cell.ts'
import { readCell } from './encode-cell.ts'
import type { BucketSink } from './encode-cell.ts'
import { holdTo, merge } from './tally.ts'

/** Counts by bucket in one array: the buckets of thousands of cells are added up here, and a map takes five times as long. */
class DenseBuckets implements BucketSink {
  readonly #sums = new Float64Array(LAST_BUCKET - ZERO_BUCKET + 1)

  add(bucket: number, count: number): void {
    this.#sums[bucket - ZERO_BUCKET]! += count
  }

  addTo(buckets: Map<number, number>): void {
    for (const [place, sum] of this.#sums.entries()) if (sum !== 0) buckets.set(place + ZERO_BUCKET, sum)
  }
}

/** The sum of many encoded cells: what merging them one after the other gives. */
export class CellSum {
  readonly #cell = emptyCell()
  readonly #buckets = new Map<VitalName, DenseBuckets>()

  /** @param limits in force; what was counted against others is forgotten */
  add(bytes: Uint8Array, limits: Readonly<Partial<Record<VitalName, number>>>): void {
    const cell = readCell(bytes, (name) => this.#bucketsOf(name))
    for (const name of COUNTS) this.#cell[name] += cell[name]
    for (const [name, tally] of cell.vitals) {
      holdTo(tally, limits[name] ?? Number.NaN)
      merge(tallyOf(this.#cell.vitals, name), tally)
    }
  }

  /** To be asked once. */
  cell(): Cell {
    for (const [name, buckets] of this.#buckets) buckets.addTo(tallyOf(this.#cell.vitals, name).buckets)
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
