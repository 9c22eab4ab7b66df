/**
 * Logarithmic buckets: every value in a bucket differs from the bucket's own by at most {@link ACCURACY}, whatever its size, and counts of two
 * histograms add up to the histogram of both (DDSketch, https://arxiv.org/abs/1908.10693). One pair of functions for every store, so that the
 * same beacons give the same counts everywhere, bit for bit.
 */
export const ACCURACY = 0.01

const GAMMA = (1 + ACCURACY) / (1 - ACCURACY)
const LOG_GAMMA = Math.log(GAMMA)

/** What is smaller counts as nothing: a layout shift of 0.0001 is no shift. */
const SMALLEST = 1e-4

/** Below the bucket of {@link SMALLEST}. */
export const ZERO_BUCKET = -512

/** Above the bucket of a day in milliseconds, which is the most that a beacon may say. */
export const LAST_BUCKET = 1023

/** The bucket of a value ≥ 0. */
export function bucketOf(value: number): number {
  return value < SMALLEST ? ZERO_BUCKET : Math.min(LAST_BUCKET, Math.ceil(Math.log(value) / LOG_GAMMA))
}

/** The value that stands for all of a bucket. */
export function valueOf(bucket: number): number {
  return bucket === ZERO_BUCKET ? 0 : (2 * GAMMA ** bucket) / (GAMMA + 1)
}

/** Counts by bucket. */
export type Buckets = Map<number, number>

/** Adds a count, which may be negative: a page that is heard of again takes back what it said before. */
export function addToBucket(buckets: Buckets, bucket: number, count: number): void {
  const sum = (buckets.get(bucket) ?? 0) + count
  if (sum === 0) buckets.delete(bucket)
  else buckets.set(bucket, sum)
}
