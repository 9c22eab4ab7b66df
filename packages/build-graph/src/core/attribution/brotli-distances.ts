import type { BitReader } from './bit-reader.ts'

/** Distance symbols that stand for one of the last four distances, moved by up to 3 (RFC 7932, 4). */
const RING_SYMBOLS = 16
const RING_PLACES = [0, 1, 2, 3, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]
const RING_MOVES = [0, 0, 0, 0, -1, 1, -2, 2, -3, 3, -1, 1, -2, 2, -3, 3]

/** The last four distances, the latest first. They outlive the meta-block. */
export class DistanceRing {
  private readonly last = Int32Array.of(4, 11, 15, 16)

  /** The distance that a symbol below 16 stands for; not positive when the stream is wrong. */
  recall(symbol: number): number {
    return this.last[RING_PLACES[symbol]!]! + RING_MOVES[symbol]!
  }

  remember(distance: number): void {
    const { last } = this
    last[3] = last[2]!
    last[2] = last[1]!
    last[1] = last[0]!
    last[0] = distance
  }
}

/** How a meta-block writes distances: NPOSTFIX and NDIRECT of its header. */
export interface DistanceFormat {
  readonly postfixBits: number
  readonly direct: number
}

/** Symbols of the distance alphabet. */
export function distanceSymbols({ postfixBits, direct }: DistanceFormat): number {
  return RING_SYMBOLS + direct + (48 << postfixBits)
}

/** The distance that a symbol and its extra bits stand for (RFC 7932, 4). */
export function readDistance(reader: BitReader, ring: DistanceRing, format: DistanceFormat, symbol: number): number {
  if (symbol < RING_SYMBOLS) return ring.recall(symbol)
  const { postfixBits, direct } = format
  const beyond = symbol - RING_SYMBOLS - direct
  if (beyond < 0) return symbol - RING_SYMBOLS + 1
  const high = beyond >> postfixBits
  const low = beyond & ((1 << postfixBits) - 1)
  const extra = 1 + (high >> 1)
  const offset = ((2 + (high & 1)) << extra) - 4
  return ((offset + reader.take(extra)) << postfixBits) + low + direct + 1
}
