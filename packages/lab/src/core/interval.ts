/** A stretch of time, ms since the navigation began. */
export interface Interval {
  readonly start: number
  /** Infinity while it goes on. */
  readonly end: number
}
