import { quantile } from '../lib/statistics.ts'

/** The mean of differences, and where it lies with 95 % confidence. */
export interface PairedInterval {
  readonly mean: number
  readonly low: number
  readonly high: number
  readonly pairs: number
}

const RESAMPLES = 4000

/**
 * Bootstrap of paired differences (percentile method). Deterministic: the same differences, the same interval.
 *
 * @throws {RangeError} Of nothing there is no mean.
 */
export function pairedInterval(differences: readonly number[]): PairedInterval {
  if (differences.length === 0) throw new RangeError('`differences` must not be empty. Measure at least one pair.')
  const random = seeded(42)
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const means = Array.from({ length: RESAMPLES }, () =>
    mean(differences.map(() => differences[Math.floor(random() * differences.length)]!)),
  )
  return {
    mean: mean(differences),
    low: quantile(means, 0.025),
    high: quantile(means, 0.975),
    pairs: differences.length,
  }
}

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
