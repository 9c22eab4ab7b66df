/** A stretch of time, ms since the navigation began. */
export interface Interval {
  readonly start: number
  /** Infinity while it goes on. */
  readonly end: number
}

export interface PageTrace {
  /** First contentful paint. */
  readonly fcp: number
  /** End of DOMContentLoaded. */
  readonly domContentLoaded: number
  /** Tasks of the main thread of 50 ms and more (Long Tasks API). */
  readonly longTasks: readonly Interval[]
  /** GET requests. */
  readonly requests: readonly Interval[]
  /** Until when all of this is known. */
  readonly until: number
}

const QUIET = 5000
const QUIET_REQUESTS = 2

/**
 * Time to interactive: after the first contentful paint the first 5 s without a long task and with at most two GET requests
 * under way; from there back to the end of the last long task, and never before the paint and DOMContentLoaded. Undefined while
 * no such window is known to be over. As in github.com/WICG/time-to-interactive and Lighthouse's `interactive`.
 */
export function interactiveTime({ fcp, domContentLoaded, longTasks, requests, until }: PageTrace): number | undefined {
  const busy = [...longTasks, ...crowded(requests)].filter(({ end }) => end > fcp).sort((a, b) => a.start - b.start)
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
function crowded(requests: readonly Interval[]): Interval[] {
  const changes = requests
    .flatMap(({ start, end }) => [
      { at: start, by: 1 },
      { at: end, by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by)
  const intervals: Interval[] = []
  let open = 0
  let since: number | undefined
  for (const { at, by } of changes) {
    open += by
    if (open > QUIET_REQUESTS) since ??= at
    else if (since !== undefined) {
      intervals.push({ start: since, end: at })
      since = undefined
    }
  }
  return intervals
}
