/** Milliseconds. A look at the clock counts for so long. */
const RESOLUTION = 20

let latest = 0

/** The time as `Date.now` says it, up to 20 ms late: under load one look at the clock does for many requests. */
export function coarseNow(): number {
  if (latest === 0) {
    latest = Date.now()
    // Nobody waits for it: a process that has nothing else to do may end.
    setTimeout(forget, RESOLUTION).unref()
  }
  return latest
}

function forget(): void {
  latest = 0
}
