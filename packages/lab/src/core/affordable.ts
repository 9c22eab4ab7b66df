export interface Budget {
  /** How many were asked for. */
  readonly wanted: number
  /** With fewer nothing can be said, whatever they cost. */
  readonly fewest: number
  /** ms that one takes, as measured. */
  readonly each: number
  /** So many have been made, and do not count. */
  readonly made: number
  /** ms for all of them; absent: as long as it takes. */
  readonly budget: number | undefined
}

/** How many a budget allows: never more than were asked for. */
export function affordable({ wanted, fewest, each, made, budget }: Budget): number {
  if (budget === undefined) return wanted
  return Math.min(wanted, Math.max(fewest, Math.floor(budget / each) - made))
}
