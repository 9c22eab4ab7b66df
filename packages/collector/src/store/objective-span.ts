const SLOT = 300_000
const HOUR = 3_600_000

/** Up to two hours are counted in slots of five minutes, more in whole hours: what is asked for is rounded outwards. All in milliseconds. */
export function objectiveSpan({ from, to }: { readonly from: number; readonly to: number }): {
  readonly from: number
  readonly to: number
  readonly length: number
} {
  const length = to - from <= 2 * HOUR ? SLOT : HOUR
  return { from: Math.floor(from / length) * length, to: Math.ceil(to / length) * length, length }
}
