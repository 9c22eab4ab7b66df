import type { Interval } from './interval.ts'

/** A task is long from here on, and blocks for what it has beyond. */
const LONG_TASK = 50
const SESSION_GAP = 1000
const SESSION = 5000
/** INP leaves out one of the slowest interactions for every so many. */
const INTERACTIONS_PER_OUTLIER = 50

/** Total Blocking Time: what long tasks between first paint and interactivity have beyond 50 ms each. */
export function blockingTime(longTasks: readonly Interval[], fcp: number, tti: number): number {
  return longTasks.reduce((sum, { start, end }) => {
    const inside = Math.min(end, tti) - Math.max(start, fcp)
    return sum + Math.max(0, inside - LONG_TASK)
  }, 0)
}

export interface Shift {
  readonly at: number
  readonly value: number
}

/** Cumulative Layout Shift: the worst session window, of at most 5 s and without a gap of a second (web.dev/articles/cls). */
export function layoutShift(shifts: readonly Shift[]): number {
  let worst = 0
  let sum = 0
  let first = -Infinity
  let last = -Infinity
  for (const { at, value } of [...shifts].sort((a, b) => a.at - b.at)) {
    const continues = at - last < SESSION_GAP && at - first < SESSION
    if (!continues) {
      sum = 0
      first = at
    }
    sum += value
    last = at
    worst = Math.max(worst, sum)
  }
  return worst
}

/**
 * Interaction to Next Paint: the slowest interaction, one left out for every fifty (web.dev/articles/inp).
 *
 * @param latencies of each interaction, the longest of its events
 */
export function interactionLatency(latencies: readonly number[]): number | undefined {
  const sorted = [...latencies].sort((a, b) => b - a)
  return sorted[Math.min(sorted.length - 1, Math.floor(latencies.length / INTERACTIONS_PER_OUTLIER))]
}
