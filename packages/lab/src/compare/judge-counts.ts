/** One count of two builds. */
export interface CountVerdict {
  readonly name: string
  readonly baseline: number
  readonly candidate: number
  /** Candidate over baseline; infinite for what is new. */
  readonly ratio: number
  /**
   * - `same`: no further apart than is allowed.
   * - `more`, `less`: every visit of one build is beyond every visit of the other, and the gap is wider than either build's own spread.
   * - `noisy`: further apart than is allowed, and visits of one build differ as much.
   */
  readonly status: 'same' | 'more' | 'less' | 'noisy'
  /** Widest range within a build, relative to its median. */
  readonly noise: number
}

export interface Tolerance {
  /** Share of the baseline. */
  readonly relative: number
  /** What is never worth a word. */
  readonly absolute: number
}

/**
 * Counts need no statistics where they never vary, and get none where they do: with six visits each, that all of one build lie beyond all of the
 * other happens by chance twice in 924 times, before the gap is asked for.
 *
 * @param baseline of each visit
 */
export function judgeCount(
  name: string,
  baseline: readonly number[],
  candidate: readonly number[],
  { relative, absolute }: Tolerance,
): CountVerdict {
  const [before, after] = [rangeOf(baseline), rangeOf(candidate)]
  const difference = after.middle - before.middle
  const ratio = before.middle === 0 ? (after.middle === 0 ? 1 : Infinity) : after.middle / before.middle
  const width = Math.max(before.high - before.low, after.high - after.low)
  const noise = width / Math.max(before.middle, after.middle, 1)
  const base = { name, baseline: before.middle, candidate: after.middle, ratio, noise }
  if (Math.abs(difference) <= Math.max(absolute, relative * before.middle)) return { ...base, status: 'same' }
  const gap = difference > 0 ? after.low - before.high : before.low - after.high
  if (gap <= 0 || gap < width) return { ...base, status: 'noisy' }
  return { ...base, status: difference > 0 ? 'more' : 'less' }
}

function rangeOf(values: readonly number[]): { readonly low: number; readonly middle: number; readonly high: number } {
  const sorted = [...values].sort((a, b) => a - b)
  const n = sorted.length
  const middle = ((sorted[Math.floor((n - 1) / 2)] ?? 0) + (sorted[Math.floor(n / 2)] ?? 0)) / 2
  return {
    low: sorted[0] ?? 0,
    // Half a token is nothing to print.
    middle: middle < 1000 ? middle : Math.round(middle),
    high: sorted[n - 1] ?? 0,
  }
}
