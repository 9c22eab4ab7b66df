import type { BitReader } from './bit-reader.ts'
import { type PrefixCodes, ROOT_BITS } from './brotli-prefix-code.ts'

/** Literal contexts of a block type, and distance contexts (RFC 7932, 7.1 and 7.2). */
export const LITERAL_CONTEXT_BITS = 6
export const DISTANCE_CONTEXT_BITS = 2

/** How far the tables of one context mode are from those of the next in {@link contextTables}. */
export const CONTEXT_MODE_BITS = 9

/** The context id of the ASCII bytes in UTF8 mode when they are the last byte (RFC 7932, 7.1, Lut0), divided by 4. */
const UTF8_CLASSES = [
  '0000000001100100'.padEnd(32, '0'),
  '2343353467338393', // space and punctuation
  'bbbbbbbbbb886a73', // digits
  '3cdddcdddcdddddcdddddcddddd63733', // capitals
  '3efffefffefffffefffffefffff63730', // small letters
].join('')

/**
 * For each of the modes LSB6, MSB6, UTF8 and signed: 256 entries for the last byte, 256 for the one before. The context
 * id is the two OR-ed.
 */
export const contextTables: Uint8Array = makeContextTables()

function makeContextTables(): Uint8Array {
  const tables = new Uint8Array(4 << CONTEXT_MODE_BITS)
  const [lsb6, msb6, utf8, signed] = [0, 1, 2, 3].map((mode) => tables.subarray(mode << CONTEXT_MODE_BITS)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ]
  for (let byte = 0; byte < 256; byte++) {
    lsb6[byte] = byte & 0x3f
    msb6[byte] = byte >> 2
    utf8[byte] = byte < 128 ? 4 * Number.parseInt(UTF8_CLASSES[byte]!, 36) : byte < 192 ? byte & 1 : 2 + (byte & 1)
    utf8[256 + byte] = utf8ClassBefore(byte)
    const magnitude = signedMagnitude(byte)
    signed[byte] = magnitude << 3
    signed[256 + byte] = magnitude
  }
  return tables
}

/** RFC 7932, 7.1, Lut1: 3 for small letters, 2 for capitals, digits and 0xe0 up, 1 for punctuation. */
function utf8ClassBefore(byte: number): number {
  if (byte >= 0x61 && byte <= 0x7a) return 3
  if ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x30 && byte <= 0x39) || byte >= 0xe0) return 2
  return byte > 0x20 && byte <= 0x7e ? 1 : 0
}

/** RFC 7932, 7.1, Lut2. */
function signedMagnitude(byte: number): number {
  const steps = [1, 16, 64, 128, 192, 240, 255]
  return steps.filter((step) => byte >= step).length
}

/**
 * Reads a context map (RFC 7932, 7.3): the index of a prefix code for each context of each block type.
 *
 * @param size contexts × block types
 */
export function readContextMap(reader: BitReader, codes: PrefixCodes, size: number, trees: number): Uint8Array {
  const map = new Uint8Array(size)
  if (trees === 1) return map
  const longestRun = reader.take(1) === 0 ? 0 : 1 + reader.take(4)
  const code = codes.read(reader, trees + longestRun)
  for (let index = 0; index < size;) {
    const symbol = reader.symbol(codes.table, code, ROOT_BITS)
    if (symbol === 0 || symbol > longestRun) {
      map[index++] = symbol === 0 ? 0 : symbol - longestRun
    } else {
      index += (1 << symbol) + reader.take(symbol)
      if (index > size) throw reader.corrupt('a context map is longer than its contexts')
    }
  }
  if (reader.take(1) === 1) undoMoveToFront(map)
  return map
}

function undoMoveToFront(map: Uint8Array): void {
  const order = Uint8Array.from({ length: 256 }, (_, index) => index)
  for (const [index, place] of map.entries()) {
    const value = order[place]!
    order.copyWithin(1, 0, place)
    order[0] = value
    map[index] = value
  }
}
