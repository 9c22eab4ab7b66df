/**
 * Lookup tables for prefix codes of at most 15 bits. A table has `2 ** rootBits` entries for the next bits of the stream;
 * a longer code's entry links to a second table. An entry is `payload << 5 | link << 4 | length`: the payload of a symbol
 * and the whole length of its code, or the place of a second table and the number of bits that index it.
 */
export const CODE_LENGTH = 15
export const LINK = 16
export const PAYLOAD_SHIFT = 5

const MAX_LENGTH = 15
const CODE_SPACE = 1 << MAX_LENGTH

const counts = new Int32Array(MAX_LENGTH + 1)
const starts = new Int32Array(MAX_LENGTH + 2)
const sorted = new Int32Array(1024)

/**
 * Entries that a table of so many symbols can need. A second table indexed by w bits holds at least w + 1 symbols, and
 * with root tables of 8 bits or more w is at most 7: 16 entries a symbol.
 */
export function tableCapacity(symbols: number, rootBits: number): number {
  return (1 << rootBits) + 16 * symbols
}

/**
 * Writes the table of the canonical code (RFC 1951, 3.2.2; RFC 7932, 3.2) given by `lengths` at `offset`.
 *
 * @param payloads what a symbol's entry carries, by symbol; at most 27 bits each
 * @returns the entries used, when the code is complete; the same negated, when it is not but has no code longer than one
 *   bit, so that the rest of its entries can be 0; 0 when it is oversubscribed or incomplete in any other way
 */
export function buildPrefixTable(
  table: Int32Array,
  offset: number,
  rootBits: number,
  lengths: Uint8Array,
  symbols: number,
  payloads: Int32Array,
): number {
  counts.fill(0)
  for (let symbol = 0; symbol < symbols; symbol++) counts[lengths[symbol]!]!++
  const unused = counts[0]!
  counts[0] = 0
  starts[1] = 0
  let left = CODE_SPACE
  let longest = 0
  for (let length = 1; length <= MAX_LENGTH; length++) {
    starts[length + 1] = starts[length]! + counts[length]!
    left -= counts[length]! << (MAX_LENGTH - length)
    if (counts[length] !== 0) longest = length
  }
  if (left < 0 || (left > 0 && longest > 1)) return 0
  for (let symbol = 0; symbol < symbols; symbol++) {
    const length = lengths[symbol]!
    if (length !== 0) sorted[starts[length]!++] = symbol
  }
  if (left > 0) table.fill(0, offset, offset + (1 << rootBits))
  const size = fillTable(table, offset, rootBits, symbols - unused, lengths, payloads)
  return left === 0 ? size : -size
}

/** Deals out codes in canonical order and returns the entries used. Codes are kept bit-reversed, as the stream shows them. */
function fillTable(
  table: Int32Array,
  offset: number,
  rootBits: number,
  used: number,
  lengths: Uint8Array,
  payloads: Int32Array,
): number {
  const rootSize = 1 << rootBits
  let code = 0
  let second = offset + rootSize
  let secondRoot = -1
  let secondBits = 0
  for (let index = 0; index < used; index++) {
    const symbol = sorted[index]!
    const length = lengths[symbol]!
    const entry = (payloads[symbol]! << PAYLOAD_SHIFT) | length
    if (length <= rootBits) {
      for (let slot = code; slot < rootSize; slot += 1 << length) table[offset + slot] = entry
    } else {
      const root = code & (rootSize - 1)
      if (root !== secondRoot) {
        if (secondRoot >= 0) second += 1 << secondBits
        secondRoot = root
        secondBits = secondTableBits(length, rootBits)
        table[offset + root] = ((second - offset) << PAYLOAD_SHIFT) | LINK | secondBits
      }
      const step = 1 << (length - rootBits)
      for (let slot = code >>> rootBits; slot < 1 << secondBits; slot += step) table[second + slot] = entry
    }
    counts[length]!--
    code = nextCode(code, length)
  }
  return second + (secondRoot >= 0 ? 1 << secondBits : 0) - offset
}

/** Bits that index the second table which starts with a code of this length: as many as the codes that fill it need. */
function secondTableBits(length: number, rootBits: number): number {
  let bits = length
  for (let left = 1 << (length - rootBits); bits < MAX_LENGTH; bits++, left <<= 1) {
    left -= counts[bits]!
    if (left <= 0) break
  }
  return bits - rootBits
}

/** Adds one to a bit-reversed code. */
function nextCode(code: number, length: number): number {
  let bit = 1 << (length - 1)
  while ((code & bit) !== 0) bit >>>= 1
  return bit === 0 ? 0 : (code & (bit - 1)) | bit
}
