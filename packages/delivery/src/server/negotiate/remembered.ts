/** Browsers send few different values of a header; what somebody makes up for us must not fill the memory. */
const MOST_KEPT = 256
const LONGEST_KEPT = 512

/** A pure function of a header's value that keeps its answers to values seen before. */
export function remembered<Result>(compute: (value: string) => Result): (value: string) => Result {
  const known = new Map<string, Result>()
  return (value) => {
    const kept = known.get(value)
    if (kept !== undefined) return kept
    const result = compute(value)
    if (value.length > LONGEST_KEPT) return result
    if (known.size >= MOST_KEPT) known.clear()
    known.set(value, result)
    return result
  }
}
