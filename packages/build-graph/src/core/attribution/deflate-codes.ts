import type { BitReader } from './bit-reader.ts'
import { buildPrefixTable, tableCapacity } from './prefix-table.ts'

export const LITERAL_ROOT = 10
export const DISTANCE_ROOT = 8
const LENGTH_ROOT = 8

/** Payload of a literal/length symbol: the literal, or this flag with the extra bits above it and the base length above those. */
export const NOT_LITERAL = 256
export const EXTRA_SHIFT = 9
export const BASE_SHIFT = 13
/** The extra bits of the two symbols that the fixed code has and no stream may use. Together with length 0. */
export const FORBIDDEN = 15

const END_OF_BLOCK = 256
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

const literalPayloads = makeLiteralPayloads()
const distancePayloads = makeDistancePayloads()
const plainPayloads = Int32Array.from({ length: LENGTH_ORDER.length }, (_, symbol) => symbol)

/** The two prefix codes of a block, in the form that the loop over its symbols reads. */
export class DeflateCodes {
  readonly literals: Int32Array = new Int32Array(tableCapacity(288, LITERAL_ROOT))
  readonly distances: Int32Array = new Int32Array(tableCapacity(32, DISTANCE_ROOT))
  private readonly codeLengths = new Int32Array(tableCapacity(LENGTH_ORDER.length, LENGTH_ROOT))
  private readonly lengths = new Uint8Array(320)

  /** RFC 1951, 3.2.6. */
  useFixed(): void {
    const { lengths } = this
    lengths.fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280, 288)
    buildPrefixTable(this.literals, 0, LITERAL_ROOT, lengths, 288, literalPayloads)
    buildPrefixTable(this.distances, 0, DISTANCE_ROOT, lengths.fill(5, 0, 32), 32, distancePayloads)
  }

  /** RFC 1951, 3.2.7. What is refused is what zlib refuses. */
  readDynamic(reader: BitReader): void {
    const literals = 257 + reader.take(5)
    const distances = 1 + reader.take(5)
    if (literals > 286 || distances > 30) throw reader.corrupt('a block has too many symbols')
    this.readCodeLengths(reader, 4 + reader.take(4))
    this.readLengths(reader, literals + distances)
    const { lengths } = this
    if (lengths[END_OF_BLOCK] === 0) throw reader.corrupt('a block cannot end: its code has no end-of-block symbol')
    checkCode(reader, buildPrefixTable(this.literals, 0, LITERAL_ROOT, lengths, literals, literalPayloads))
    const ofDistances = lengths.subarray(literals)
    checkCode(reader, buildPrefixTable(this.distances, 0, DISTANCE_ROOT, ofDistances, distances, distancePayloads))
  }

  private readCodeLengths(reader: BitReader, count: number): void {
    const lengths = this.lengths.fill(0, 0, LENGTH_ORDER.length)
    for (let index = 0; index < count; index++) lengths[LENGTH_ORDER[index]!] = reader.take(3)
    const size = buildPrefixTable(this.codeLengths, 0, LENGTH_ROOT, lengths, LENGTH_ORDER.length, plainPayloads)
    if (size <= 0) throw reader.corrupt('the code of the code lengths is not complete')
  }

  private readLengths(reader: BitReader, count: number): void {
    const { lengths } = this
    for (let index = 0; index < count;) {
      const symbol = reader.symbol(this.codeLengths, 0, LENGTH_ROOT)
      if (symbol < 16) {
        lengths[index++] = symbol
        continue
      }
      if (symbol === 16 && index === 0) throw reader.corrupt('a code length repeats, and there is none before it')
      const value = symbol === 16 ? lengths[index - 1]! : 0
      const repeat = symbol === 16 ? 3 + reader.take(2) : symbol === 17 ? 3 + reader.take(3) : 11 + reader.take(7)
      if (index + repeat > count) throw reader.corrupt('there are more code lengths than symbols')
      lengths.fill(value, index, index + repeat)
      index += repeat
    }
  }
}

/** A code may be incomplete only when it is a single code of one bit, or, for distances, empty. */
function checkCode(reader: BitReader, size: number): void {
  if (size === 0) throw reader.corrupt('a prefix code is not complete')
}

/** RFC 1951, 3.2.5: lengths 3 to 258. */
function makeLiteralPayloads(): Int32Array {
  const payloads = new Int32Array(288)
  for (let symbol = 0; symbol < 256; symbol++) payloads[symbol] = symbol
  payloads[END_OF_BLOCK] = NOT_LITERAL
  let base = 3
  for (let symbol = 257; symbol < 285; symbol++) {
    const extra = symbol < 265 ? 0 : (symbol - 261) >> 2
    payloads[symbol] = NOT_LITERAL | (extra << EXTRA_SHIFT) | (base << BASE_SHIFT)
    base += 1 << extra
  }
  payloads[285] = NOT_LITERAL | (258 << BASE_SHIFT)
  payloads.fill(NOT_LITERAL | (FORBIDDEN << EXTRA_SHIFT), 286)
  return payloads
}

/** `base << 4 | extra bits` for distances 1 to 32,768; 0 for the two symbols that no stream may use. */
function makeDistancePayloads(): Int32Array {
  const payloads = new Int32Array(32)
  let base = 1
  for (let symbol = 0; symbol < 30; symbol++) {
    const extra = symbol < 4 ? 0 : (symbol - 2) >> 1
    payloads[symbol] = (base << 4) | extra
    base += 1 << extra
  }
  return payloads
}
