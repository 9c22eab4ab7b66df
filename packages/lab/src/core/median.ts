/** The middle of some figures, and how far it could be off. */
export interface Median {
  readonly n: number
  readonly median: number
  /**
   * Interval of the median from order statistics: free of assumptions about how the figures are spread, and therefore wide for few of them.
   */
  readonly low: number
  readonly high: number
  /** Probability that the interval covers the median; less than asked for when there are too few figures for it. */
  readonly coverage: number
  readonly min: number
  readonly max: number
  readonly values: readonly number[]
}

const WANTED = 0.95

/**
 * @param values at least one
 * @throws {RangeError} when there are none
 */
export function medianOf(values: readonly number[]): Median {
  if (values.length === 0) throw new RangeError('`values` must not be empty; received none. Measure something first.')
  const sorted = [...values].sort((a, b) => a - b)
  const n = sorted.length
  const { rank, coverage } = orderInterval(n)
  const middle = (sorted[Math.floor((n - 1) / 2)]! + sorted[Math.floor(n / 2)]!) / 2
  return {
    n,
    median: middle,
    low: sorted[rank - 1]!,
    high: sorted[n - rank]!,
    coverage,
    min: sorted[0]!,
    max: sorted[n - 1]!,
    values,
  }
}

/**
 * The largest rank whose interval, from there to as far from the end, covers the median with 95 %: coverage = P(rank ≤ B ≤ n − rank) of a
 * binomial B with n draws at one half. Six figures are the fewest for which it does.
 */
export function orderInterval(n: number): { readonly rank: number; readonly coverage: number } {
  const coverageOf = (rank: number): number => {
    let tail = 0
    for (let successes = 0; successes < rank; successes++) tail += binomial(n, successes)
    return Math.max(0, 1 - 2 * tail)
  }
  let rank = 1
  while (rank < Math.floor(n / 2) && coverageOf(rank + 1) >= WANTED) rank++
  return { rank, coverage: coverageOf(rank) }
}

/** Probability of so many heads in n throws. */
function binomial(n: number, successes: number): number {
  let probability = 0.5 ** n
  for (let index = 0; index < successes; index++) probability *= (n - index) / (index + 1)
  return probability
}
