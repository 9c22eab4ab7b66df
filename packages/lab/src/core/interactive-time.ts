import type { Interval } from './interval.ts'

/** What the definition of Time to Interactive is about. */
export interface LoadTrace {
  /** First contentful paint. */
  readonly fcp: number
  /** End of DOMContentLoaded. */
  readonly domContentLoaded: number
  /** Tasks of the main thread of 50 ms and more. */
  readonly longTasks: readonly Interval[]
  /** GET requests. */
  readonly requests: readonly Interval[]
  /** Until when all of this is known. */
  readonly until: number
}

const QUIET = 5000
const QUIET_REQUESTS = 2

/**
 * Time to Interactive: after the first contentful paint the first 5 s without a long task and with at most two GET requests under way; from
 * there back to the end of the last long task, and never before the paint and DOMContentLoaded. As in
 * github.com/WICG/time-to-interactive and Lighthouse's `interactive`.
 *
 * @returns ms; undefined while no such window is known to be over
 */
export function interactiveTime({ fcp, domContentLoaded, longTasks, requests, until }: LoadTrace): number | undefined {
  const busy = [...longTasks, ...crowdedTimes(requests)]
    .filter(({ end }) => end > fcp)
    .sort((a, b) => a.start - b.start)
  let quietFrom = fcp
  for (const { start, end } of busy) {
    if (start - quietFrom >= QUIET) break
    quietFrom = Math.max(quietFrom, end)
  }
  if (until - quietFrom < QUIET) return undefined
  const lastTask = longTasks.filter(({ start }) => start < quietFrom).reduce((last, { end }) => Math.max(last, end), 0)
  return Math.max(lastTask, fcp, domContentLoaded)
}

/** When more than two requests were under way. */
export function crowdedTimes(requests: readonly Interval[]): Interval[] {
  const changes = requests
    .flatMap(({ start, end }) => [
      { at: start, by: 1 },
      { at: end, by: -1 },
    ])
    // One that ends as another begins was never beside it.
    .sort((a, b) => a.at - b.at || a.by - b.by)
  const times: Interval[] = []
  let open = 0
  let since: number | undefined
  for (const { at, by } of changes) {
    open += by
    if (open > QUIET_REQUESTS) since ??= at
    else if (since !== undefined) {
      if (at > since) times.push({ start: since, end: at })
      since = undefined
    }
  }
  return times
}
