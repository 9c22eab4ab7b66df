import { seeded } from '../../../packages/testkit/src/seeded.ts'
import { quantile } from '../../lib/statistics.ts'

/** `b − a`, pair by pair. */
export interface Difference {
  readonly pairs: number
  readonly mean: number
  /** Percentile bootstrap interval of the mean, 95 %. */
  readonly low: number
  readonly high: number
}

const RESAMPLES = 10_000

/**
 * The mean of the paired differences with its bootstrap interval (Efron and Tibshirani 1993, chapter 13). The same figures
 * give the same interval: the random numbers are seeded.
 *
 * @throws {RangeError} When there are fewer than two pairs, or an odd one.
 */
export function pairedDifference(a: readonly number[], b: readonly number[]): Difference {
  if (a.length !== b.length || a.length < 2) {
    throw new RangeError(`\`a\` and \`b\` must be pairs, at least two; received ${a.length} and ${b.length}.`)
  }
  const differences = b.map((value, index) => value - (a[index] as number))
  const random = seeded(1)
  const means = Array.from({ length: RESAMPLES }, () => {
    let sum = 0
    for (let draw = 0; draw < differences.length; draw++) {
      sum += differences[Math.floor(random() * differences.length)] as number
    }
    return sum / differences.length
  })
  return {
    pairs: differences.length,
    mean: differences.reduce((sum, value) => sum + value, 0) / differences.length,
    low: quantile(means, 0.025),
    high: quantile(means, 0.975),
  }
}
