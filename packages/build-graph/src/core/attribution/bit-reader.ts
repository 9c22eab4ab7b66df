import type { PacelineError } from '@paceline/kit'
import { type StreamFormat, streamCorrupt, streamUnsupported } from './errors.ts'
import { CODE_LENGTH, LINK, PAYLOAD_SHIFT } from './prefix-table.ts'

/** A bit position has to fit an int32, or every shift in the hot loops goes wrong. */
const MAX_STREAM_BYTES = 2 ** 28 - 1
/** Reads may start at the very end and load 4 bytes. */
const PADDING = 8

/**
 * Reads a stream bit by bit, least significant bit of each byte first, as deflate and brotli both want it. The position
 * is one integer, so that the cost of anything is the difference of two positions.
 */
export class BitReader {
  readonly format: StreamFormat
  readonly endBit: number
  /** Position of the next bit. */
  bit = 0
  private readonly view: DataView

  constructor(format: StreamFormat, stream: Uint8Array) {
    this.format = format
    if (stream.length > MAX_STREAM_BYTES) {
      throw streamUnsupported(
        format,
        0,
        `${stream.length} bytes`,
        `Split it: at most ${MAX_STREAM_BYTES} bytes are read.`,
      )
    }
    const padded = new Uint8Array(stream.length + PADDING)
    padded.set(stream)
    this.view = new DataView(padded.buffer)
    this.endBit = stream.length * 8
  }

  /** At least the next 25 bits; zeros after the end. */
  peek(): number {
    return this.view.getInt32(this.bit >>> 3, true) >>> (this.bit & 7)
  }

  /** The next `count` bits, at most 25. */
  take(count: number): number {
    const value = this.peek() & ((1 << count) - 1)
    this.advance(count)
    return value
  }

  /** The payload of the next symbol of the code at `offset` in `table`; see {@link buildPrefixTable}. */
  symbol(table: Int32Array, offset: number, rootBits: number): number {
    const bits = this.peek()
    let entry = table[offset + (bits & ((1 << rootBits) - 1))]!
    if ((entry & LINK) !== 0) {
      const index = (bits >>> rootBits) & ((1 << (entry & CODE_LENGTH)) - 1)
      entry = table[offset + (entry >>> PAYLOAD_SHIFT) + index]!
    }
    this.advance(entry & CODE_LENGTH)
    return entry >>> PAYLOAD_SHIFT
  }

  /** Goes to the next byte boundary and returns the bits in between. */
  align(): number {
    return this.take(-this.bit & 7)
  }

  advance(bits: number): void {
    this.bit += bits
    if (this.bit > this.endBit) throw streamCorrupt(this.format, this.endBit / 8, 'it ends in the middle of its data')
  }

  /** The error for what is wrong at the current position. */
  corrupt(problem: string): PacelineError<'PACELINE_STREAM_CORRUPT'> {
    return streamCorrupt(this.format, this.bit >>> 3, problem)
  }
}
