/** A figure measured several times. The spread is the whole of it: minimum to maximum. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** @throws {RangeError} Of nothing there is no median. */
export function spreadOf(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), min: quantile(values, 0), max: quantile(values, 1) }
}

/**
 * The quantile between the two nearest values, linearly (type 7 of Hyndman and Fan, as in R and NumPy).
 *
 * @throws {RangeError} Of nothing there is no quantile.
 */
export function quantile(values: readonly number[], q: number): number {
  if (values.length === 0) throw new RangeError('`values` must not be empty. Measure at least once.')
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * q
  const below = sorted[Math.floor(at)] as number
  const above = sorted[Math.ceil(at)] as number
  return below + (above - below) * (at - Math.floor(at))
}
