import type { Buckets } from '../sketch/buckets.ts'
import { addToBucket, bucketOf } from '../sketch/buckets.ts'

/** Values of one metric or operation, counted: exactly where something is judged, in buckets where a percentile is asked for. */
export interface Tally {
  n: number
  /** Of a vital: no more than its first threshold. Of an operation: completed. */
  good: number
  /** Of a vital: more than its second threshold. Of an operation: failed. */
  poor: number
  /** The limit of the SLA that `within` was counted against; `NaN` without one. */
  limit: number
  /** How many were held against that limit. */
  judged: number
  /** How many of them kept it. */
  within: number
  readonly buckets: Buckets
}

/** One value, as it is counted. */
export interface Measured {
  readonly value: number
  readonly good: boolean
  readonly poor: boolean
  readonly limit: number
  /** Whether the SLA counts it as kept. */
  readonly kept: boolean
}

export function emptyTally(buckets: Buckets = new Map()): Tally {
  return { n: 0, good: 0, poor: 0, limit: Number.NaN, judged: 0, within: 0, buckets }
}

/** @param sign −1 takes a value back that was counted before */
export function count(tally: Tally, measured: Measured, sign: 1 | -1): void {
  tally.n += sign
  if (measured.good) tally.good += sign
  if (measured.poor) tally.poor += sign
  addToBucket(tally.buckets, bucketOf(measured.value), sign)
  judge(tally, measured.limit, sign, measured.kept ? sign : 0)
}

/** Adds one tally to another. Each was held against its own limit: both counts add up, and the limit of the sum is none where they differ. */
export function merge(into: Tally, from: Tally): void {
  into.n += from.n
  into.good += from.good
  into.poor += from.poor
  for (const [bucket, sum] of from.buckets) addToBucket(into.buckets, bucket, sum)
  if (from.judged === 0) return
  into.limit = into.judged === 0 || into.limit === from.limit ? from.limit : Number.NaN
  into.judged += from.judged
  into.within += from.within
}

/** Forgets what was counted against another limit than the one in force. */
export function holdTo(tally: Tally, limit: number): void {
  if (tally.judged === 0 || tally.limit === limit) return
  tally.limit = Number.NaN
  tally.judged = 0
  tally.within = 0
}

/** A changed SLA counts from when it was changed: in one cell, counts against two limits are never added up. */
function judge(tally: Tally, limit: number, judged: number, within: number): void {
  if (Number.isNaN(limit)) return
  if (tally.limit !== limit) {
    // What is taken back was counted against the limit before.
    if (judged < 0) return
    holdTo(tally, limit)
    tally.limit = limit
  }
  // Nor below nothing: what is taken back may have been counted against the limit before.
  tally.judged = Math.max(0, tally.judged + judged)
  tally.within = Math.min(tally.judged, Math.max(0, tally.within + within))
}
