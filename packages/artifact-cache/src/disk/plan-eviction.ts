/** Bytes of entries by the hour of their last use: what a decision needs to know of a million entries. */
export type UseHistogram = ReadonlyMap<number, number>

/** Limits of a directory. */
export interface CacheLimits {
  /** Bytes. */
  readonly maxSize: number
  /** Milliseconds since the last use. */
  readonly maxAge: number
}

/** Which entries go, by their last use. */
export interface EvictionPlan {
  /** Entries that were last used before this hour go. */
  readonly before: number
  /** Of this hour, entries of so many bytes go besides, in whatever order: nothing tells them apart. */
  readonly bytesOfHour: number
}

const HOUR = 3_600_000

export function hourOf(time: number): number {
  return Math.floor(time / HOUR)
}

/** What has to go so that the rest fits: least recently used first. */
export function planEviction(histogram: UseHistogram, maxSize: number): EvictionPlan {
  let kept = 0
  for (const [hour, bytes] of [...histogram].sort(([a], [b]) => b - a)) {
    if (kept + bytes > maxSize) return { before: hour, bytesOfHour: kept + bytes - maxSize }
    kept += bytes
  }
  return { before: -Infinity, bytesOfHour: 0 }
}
