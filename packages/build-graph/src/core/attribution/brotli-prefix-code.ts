import type { BitReader } from './bit-reader.ts'
import { buildPrefixTable, PAYLOAD_SHIFT, tableCapacity } from './prefix-table.ts'

/** One root size for all prefix codes of a stream: a meta-block may have hundreds, so tables have to be quick to write. */
export const ROOT_BITS = 8

/** The largest alphabet: insert-and-copy lengths. */
const MAX_SYMBOLS = 704
const MAX_LENGTH = 15
const CODE_SPACE = 1 << MAX_LENGTH
const REPEAT_PREVIOUS = 16
const REPEAT_ZERO = 17

/** The order in which lengths of the code length code are stored, and that code's own prefix code (RFC 7932, 3.5). */
const LENGTH_ORDER = [1, 2, 3, 4, 0, 5, 17, 6, 16, 7, 8, 9, 10, 11, 12, 13, 14, 15]
const LENGTH_SPACE = 32
const LENGTH_BITS = [2, 2, 2, 3, 2, 2, 2, 4, 2, 2, 2, 3, 2, 2, 2, 4]
const LENGTH_VALUES = [0, 4, 3, 2, 0, 4, 3, 1, 0, 4, 3, 2, 0, 4, 3, 5]

const symbolPayloads = Int32Array.from({ length: MAX_SYMBOLS }, (_, symbol) => symbol)

/** The prefix codes of one meta-block, one after the other in one table that grows. */
export class PrefixCodes {
  table: Int32Array = new Int32Array(1 << 14)
  private used = 0
  private readonly lengths = new Uint8Array(MAX_SYMBOLS)
  private readonly lengthTable = new Int32Array(tableCapacity(LENGTH_ORDER.length, ROOT_BITS))
  private readonly lengthLengths = new Uint8Array(LENGTH_ORDER.length)

  clear(): void {
    this.used = 0
  }

  /** Reads one prefix code (RFC 7932, 3.4 and 3.5) and returns where it is in the table. */
  read(reader: BitReader, symbols: number): number {
    const capacity = tableCapacity(symbols, ROOT_BITS)
    if (this.used + capacity > this.table.length) {
      const larger = new Int32Array(2 * this.table.length + capacity)
      larger.set(this.table)
      this.table = larger
    }
    const offset = this.used
    const { lengths } = this
    lengths.fill(0, 0, symbols)
    const skip = reader.take(2)
    let single = -1
    if (skip === 1) single = this.readSimple(reader, symbols)
    else this.readComplex(reader, symbols, skip)
    if (single >= 0) {
      this.table.fill(single << PAYLOAD_SHIFT, offset, offset + (1 << ROOT_BITS))
      this.used += 1 << ROOT_BITS
    } else {
      this.used += buildPrefixTable(this.table, offset, ROOT_BITS, lengths, symbols, symbolPayloads)
    }
    return offset
  }

  /** RFC 7932, 3.4. Returns the symbol of a code that has only one, which takes no bits; else -1. */
  private readSimple(reader: BitReader, symbols: number): number {
    const bits = 32 - Math.clz32(symbols - 1)
    const used = 1 + reader.take(2)
    const chosen: number[] = []
    for (let index = 0; index < used; index++) {
      const symbol = reader.take(bits)
      if (symbol >= symbols) throw reader.corrupt('a prefix code has a symbol outside its alphabet')
      if (chosen.includes(symbol)) throw reader.corrupt('a prefix code has a symbol twice')
      chosen.push(symbol)
    }
    if (used === 1) return chosen[0]!
    const shape = used === 2 ? [1, 1] : used === 3 ? [1, 2, 2] : reader.take(1) === 0 ? [2, 2, 2, 2] : [1, 2, 3, 3]
    for (const [index, symbol] of chosen.entries()) this.lengths[symbol] = shape[index]!
    return -1
  }

  /** RFC 7932, 3.5. */
  private readComplex(reader: BitReader, symbols: number, skip: number): void {
    const single = this.readLengthCode(reader, skip)
    const { lengths, lengthTable } = this
    let left = CODE_SPACE
    let previous = 8
    let repeated = -1
    let repeat = 0
    for (let index = 0; index < symbols && left > 0;) {
      const length = single >= 0 ? single : reader.symbol(lengthTable, 0, ROOT_BITS)
      if (length < REPEAT_PREVIOUS) {
        lengths[index++] = length
        repeat = 0
        if (length === 0) continue
        previous = length
        left -= CODE_SPACE >> length
        continue
      }
      const extra = length === REPEAT_PREVIOUS ? 2 : 3
      const value = length === REPEAT_ZERO ? 0 : previous
      if (value !== repeated) repeat = 0
      repeated = value
      const before = repeat
      // A repeat right after a repeat multiplies: it is one more digit of the same count.
      repeat = (before === 0 ? 0 : (before - 2) << extra) + 3 + reader.take(extra)
      const end = index + repeat - before
      if (end > symbols) throw reader.corrupt('there are more code lengths than symbols')
      lengths.fill(value, index, end)
      if (value !== 0) left -= (end - index) * (CODE_SPACE >> value)
      index = end
    }
    if (left !== 0) throw reader.corrupt('a prefix code is not complete')
  }

  /** Reads the code of the code lengths. Returns its symbol when it has only one, which takes no bits; else -1. */
  private readLengthCode(reader: BitReader, skip: number): number {
    const lengths = this.lengthLengths.fill(0)
    let left = LENGTH_SPACE
    let used = 0
    let symbol = -1
    for (let index = skip; index < LENGTH_ORDER.length && left > 0; index++) {
      const bits = reader.peek() & 15
      reader.advance(LENGTH_BITS[bits]!)
      const length = LENGTH_VALUES[bits]!
      if (length === 0) continue
      symbol = LENGTH_ORDER[index]!
      lengths[symbol] = length
      left -= LENGTH_SPACE >> length
      used++
    }
    if (used === 1) return symbol
    if (left !== 0) throw reader.corrupt('the code of the code lengths is not complete')
    buildPrefixTable(this.lengthTable, 0, ROOT_BITS, lengths, LENGTH_ORDER.length, symbolPayloads)
    return -1
  }
}
