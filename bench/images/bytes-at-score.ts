/** One encode. */
export interface Sample {
  readonly bytes: number
  readonly score: number
}

/**
 * The bytes that a score takes: on the line between the two nearest samples over the logarithm of the bytes, along which scores
 * grow evenly. Past the ends the line goes on.
 *
 * @throws {RangeError} Two samples make a line.
 */
export function bytesAt(samples: readonly Sample[], score: number): number {
  const sorted = samples.toSorted((a, b) => a.score - b.score)
  if (sorted.length < 2)
    throw new RangeError(`\`samples\` must be two at least; received ${sorted.length}. Encode more.`)
  const after = sorted.findIndex((sample) => sample.score >= score)
  const right = after === -1 ? sorted.length - 1 : Math.max(after, 1)
  const [low, high] = [sorted[right - 1]!, sorted[right]!]
  const share = (score - low.score) / (high.score - low.score)
  return Math.exp(Math.log(low.bytes) + share * (Math.log(high.bytes) - Math.log(low.bytes)))
}
