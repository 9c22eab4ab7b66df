import type { Buckets } from './buckets.ts'
import { valueOf } from './buckets.ts'

/** A percentile with its 95 % interval. */
export interface Percentile {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** Of the normal distribution: 95 % of it is within so many deviations. */
const Z = 1.96

/**
 * Percentiles of counted values, by nearest rank, within 1 % of the exact ones. The interval is that of order statistics: no shape of the
 * distribution is assumed.
 *
 * @param wanted each between 0 and 1
 * @returns `undefined` where the interval would reach beyond the sample: there is not enough data
 */
export function percentiles(buckets: Buckets, wanted: readonly number[]): (Percentile | undefined)[] {
  const sorted = [...buckets].toSorted(([a], [b]) => a - b)
  const n = sorted.reduce((sum, [, count]) => sum + count, 0)
  return wanted.map((p) => {
    if (!isEnough(n, p)) return undefined
    const spread = Z * Math.sqrt(n * p * (1 - p))
    return {
      value: atRank(sorted, Math.ceil(n * p)),
      low: atRank(sorted, Math.floor(n * p - spread)),
      high: atRank(sorted, Math.ceil(n * p + spread)),
    }
  })
}

/** Whether a sample says anything of a percentile: its interval must end inside the sample, on both sides. */
export function isEnough(n: number, p: number): boolean {
  const spread = Z * Math.sqrt(n * p * (1 - p))
  return n * p - spread >= 1 && n * p + spread <= n
}

function atRank(sorted: readonly (readonly [number, number])[], rank: number): number {
  let left = Math.max(1, rank)
  for (const [bucket, count] of sorted) {
    left -= count
    if (left <= 0) return valueOf(bucket)
  }
  return valueOf(sorted.at(-1)?.[0] ?? 0)
}
