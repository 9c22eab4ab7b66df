import { ownersInvalid } from './errors.ts'
import type { StreamCosts } from './stream-costs.ts'

/** The content bytes [`start`, `end`) belong to owner number `owner`. */
export interface OwnedBytes {
  readonly start: number
  readonly end: number
  readonly owner: number
}

/** A stream's length, divided. `sum(owners) + container` is the length. */
export interface ByteShares {
  /** Whole bytes of the stream, by owner. */
  readonly owners: Uint32Array
  readonly container: number
}

/** Bits that the costs may be away from the stream's length: rounding errors at most, and less than any other stream is. */
const TOLERANCE = 1
/** Remainders closer than this many bytes are ties, so that rounding errors do not decide who gets a byte. */
const TIE = 1e-6

/**
 * Divides a stream's length among the owners of its content, in whole bytes: each owner gets its bits rounded down, and
 * the bytes left over go to those with the largest remainders; ties go to the lower owner, the container last. Nobody
 * without a bit gets a byte.
 *
 * @param owners sorted ranges that cover the content exactly once; an owner may have many
 * @param ownerCount owners are numbered from 0 to `ownerCount - 1`
 * @throws PACELINE_OWNERS_INVALID when the ranges leave gaps or overlap, or the costs are not of a stream of this length
 */
export function shareBytes(
  costs: StreamCosts,
  streamLength: number,
  owners: readonly OwnedBytes[],
  ownerCount: number,
): ByteShares {
  const bits = bitsByOwner(costs, owners, ownerCount)
  const total = bits.reduce((sum, value) => sum + value, 0)
  if (!(Math.abs(total - 8 * streamLength) < TOLERANCE)) {
    throw ownersInvalid(`the costs add up to ${total / 8} bytes, the stream has ${streamLength}`)
  }
  const shares = roundByLargestRemainder(bits, streamLength)
  return { owners: shares.subarray(0, ownerCount), container: shares[ownerCount]! }
}

/** The bits of each owner, and those of the container after the last one. */
function bitsByOwner(costs: StreamCosts, owners: readonly OwnedBytes[], ownerCount: number): Float64Array {
  const { perByte, container } = costs
  const bits = new Float64Array(ownerCount + 1)
  bits[ownerCount] = container
  let covered = 0
  for (const { start, end, owner } of owners) {
    if (start !== covered || !(end >= start) || end > perByte.length) {
      throw ownersInvalid(`[${start}, ${end}) follows byte ${covered} of ${perByte.length}`)
    }
    if (!(owner >= 0 && owner < ownerCount && Number.isInteger(owner))) {
      throw ownersInvalid(`[${start}, ${end}) belongs to owner ${owner} of ${ownerCount}`)
    }
    let sum = 0
    for (let index = start; index < end; index++) sum += perByte[index]!
    bits[owner]! += sum
    covered = end
  }
  if (covered !== perByte.length) throw ownersInvalid(`they end at byte ${covered} of ${perByte.length}`)
  return bits
}

function roundByLargestRemainder(bits: Float64Array, total: number): Uint32Array {
  const shares = Uint32Array.from(bits, (value) => Math.floor(value / 8))
  const remainders = Float64Array.from(bits, (value, index) => Math.round((value / 8 - shares[index]!) / TIE))
  const left = total - shares.reduce((sum, value) => sum + value, 0)
  const order = [...shares.keys()].sort((a, b) => remainders[b]! - remainders[a]! || a - b)
  for (const index of order.slice(0, left)) shares[index]!++
  return shares
}
