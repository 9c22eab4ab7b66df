import type { Estimate } from './estimate-variant.ts'

/** For a process to start on a machine that is busy with something else. */
const LEAST = 60_000

/** Estimates hold within a factor of two; the rest is for slow processors, emulated ones, and those that many share. */
const SLOWEST = 40

/** A timer of more than 31 bits fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1

/**
 * Milliseconds after which work on a picture is taken for hung: forty times what it was measured to cost by its megapixels (see `estimateVariant`), and a
 * minute. A photograph of 24 megapixels, searched as AVIF, has 49 minutes; one of 1600 × 1067 pixels has 4.5.
 */
export function timeLimit({ cost }: Pick<Estimate, 'cost'>): number {
  return Math.min(LEAST + cost * SLOWEST, LONGEST_TIMER)
}
