import { randomFrom } from '../core/random.ts'

/** What pairs of figures say of a ratio. */
export interface PairedRatio {
  readonly pairs: number
  /** Candidate over baseline, geometric mean over the pairs. */
  readonly ratio: number
  /** 99 %, of that mean: a gate that asks at every change must be wrong rarely. */
  readonly low: number
  readonly high: number
  /** Two-sided: how often chance alone would give a mean as far from 1. */
  readonly p: number
}

const RESAMPLES = 4000

/**
 * Paired bootstrap of the mean log ratio, studentised (Efron and Tibshirani 1993, chapters 12 and 16): with ten pairs or so the plain percentile
 * interval is too narrow. The same figures give the same answer: the random numbers are seeded.
 *
 * @throws {RangeError} when there are fewer than three pairs, or figures that are not positive
 */
export function pairedRatio(baseline: readonly number[], candidate: readonly number[]): PairedRatio {
  if (baseline.length !== candidate.length || baseline.length < 3) {
    throw new RangeError(
      `\`baseline\` and \`candidate\` must be pairs, at least three; received ${baseline.length} and ${candidate.length}. Visit more often.`,
    )
  }
  const logs = candidate.map((value, index) => Math.log(Math.max(value, 1e-9) / Math.max(baseline[index]!, 1e-9)))
  const { mean, error } = meanOf(logs)
  const base = { pairs: logs.length, ratio: Math.exp(mean) }
  // Figures that never vary leave nothing to chance.
  if (error < 1e-12) return { ...base, low: base.ratio, high: base.ratio, p: Math.abs(mean) < 1e-12 ? 1 : 0 }
  const random = randomFrom(1)
  const scores: number[] = []
  for (let sample = 0; sample < RESAMPLES; sample++) {
    const drawn = logs.map(() => logs[Math.floor(random() * logs.length)]!)
    const resampled = meanOf(drawn)
    scores.push((resampled.mean - mean) / Math.max(resampled.error, error * 0.05))
  }
  scores.sort((a, b) => a - b)
  const quantile = (share: number): number => scores[Math.min(RESAMPLES - 1, Math.floor(share * RESAMPLES))]!
  const observed = Math.abs(mean / error)
  const beyond = scores.filter((score) => Math.abs(score) >= observed).length
  return {
    ...base,
    low: Math.exp(mean - quantile(0.995) * error),
    high: Math.exp(mean - quantile(0.005) * error),
    p: (beyond + 1) / (RESAMPLES + 1),
  }
}

function meanOf(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) }
}

/**
 * Holm's step-down correction (1979): each p-value as it is when all of them are asked at once.
 *
 * @returns in the order given
 */
export function holm(values: readonly number[]): number[] {
  const order = values.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p)
  const adjusted = Array.from(values, () => 1)
  let least = 0
  for (const [rank, { p, index }] of order.entries()) {
    least = Math.max(least, Math.min(1, p * (values.length - rank)))
    adjusted[index] = least
  }
  return adjusted
}
