import type { BitReader } from './bit-reader.ts'
import { type PrefixCodes, ROOT_BITS } from './brotli-prefix-code.ts'

/** Base and extra bits of the 26 block count symbols (RFC 7932, 6). */
const COUNT_EXTRA = [2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 7, 8, 9, 10, 11, 12, 13, 24]
const COUNT_BASE = basesOf(1, COUNT_EXTRA)
/** The count where there is only one block type, so that no switch is ever read. */
const ENDLESS = 2 ** 24

/** Reads the number of block types or of prefix codes: 1 to 256 (RFC 7932, 9.2). */
export function readCount(reader: BitReader): number {
  if (reader.take(1) === 0) return 1
  const bits = reader.take(3)
  return 1 + (1 << bits) + reader.take(bits)
}

/** The block types of one of the three kinds of symbols: which is in force, for how long, and which comes next. */
export class BlockSwitch {
  readonly types: number
  /** The block type in force. */
  type = 0
  /** Symbols left until the next switch. */
  remaining: number = ENDLESS
  private previous = 1
  private readonly codes: PrefixCodes
  private readonly typeCode: number = 0
  private readonly countCode: number = 0

  constructor(reader: BitReader, codes: PrefixCodes) {
    this.codes = codes
    this.types = readCount(reader)
    if (this.types === 1) return
    this.typeCode = codes.read(reader, this.types + 2)
    this.countCode = codes.read(reader, COUNT_BASE.length)
    this.remaining = this.readBlockCount(reader)
  }

  /** Reads a block switch command and returns its bits. */
  next(reader: BitReader): number {
    const start = reader.bit
    if (this.types === 1) {
      this.remaining = ENDLESS
      return 0
    }
    const symbol = reader.symbol(this.codes.table, this.typeCode, ROOT_BITS)
    const type = symbol === 0 ? this.previous : symbol === 1 ? (this.type + 1) % this.types : symbol - 2
    this.previous = this.type
    this.type = type
    this.remaining = this.readBlockCount(reader)
    return reader.bit - start
  }

  private readBlockCount(reader: BitReader): number {
    const symbol = reader.symbol(this.codes.table, this.countCode, ROOT_BITS)
    return COUNT_BASE[symbol]! + reader.take(COUNT_EXTRA[symbol]!)
  }
}

/** Where each symbol's values start when every symbol continues where the one before ends. */
export function basesOf(first: number, extraBits: readonly number[]): number[] {
  const bases: number[] = []
  let base = first
  for (const bits of extraBits) {
    bases.push(base)
    base += 1 << bits
  }
  return bases
}
