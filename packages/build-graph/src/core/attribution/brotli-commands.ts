import type { BitReader } from './bit-reader.ts'
import { basesOf } from './brotli-block-switch.ts'
import { contextTables, DISTANCE_CONTEXT_BITS, LITERAL_CONTEXT_BITS } from './brotli-context.ts'
import { dictionaryLength } from './brotli-dictionary.ts'
import { type DistanceRing, readDistance } from './brotli-distances.ts'
import type { MetaBlock } from './brotli-meta-block.ts'
import { ROOT_BITS } from './brotli-prefix-code.ts'
import { type Ledger, spread } from './stream-costs.ts'

/** Extra bits and bases of the 24 insert and the 24 copy length codes (RFC 7932, 5). */
const INSERT_EXTRA = [0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12, 14, 24]
const COPY_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 24]
const INSERT_BASE = basesOf(0, INSERT_EXTRA)
const COPY_BASE = basesOf(2, COPY_EXTRA)
/** The first insert and the first copy code of each of the 11 cells of 64 symbols. */
const CELL_INSERT = [0, 0, 0, 0, 8, 8, 0, 16, 8, 16, 16]
const CELL_COPY = [0, 8, 0, 8, 0, 8, 16, 0, 16, 8, 16]
/** Commands below this one repeat the last distance without writing it. */
const FIRST_WITH_DISTANCE = 128

/**
 * Charges the commands of one compressed meta-block (RFC 7932, 9.3). Every command that takes no bits produces bytes (only
 * distances with extra bits reach the transforms that leave nothing of a word), so a stream of n bits is read in n steps
 * plus one per byte of content.
 */
export class CommandCharger {
  private readonly reader: BitReader
  private readonly ledger: Ledger
  private readonly block: MetaBlock
  private readonly ring: DistanceRing
  private readonly window: number
  private readonly end: number
  /** Bits of block switches, and of commands that produce nothing: the whole meta-block pays them. */
  private sharedBits = 0
  /** Bits of the current command that all its bytes pay. */
  private commandBits = 0

  /**
   * @param window the longest distance that is a copy; what is longer, or goes back before the content, is a dictionary word
   * @param end where in the content the meta-block ends
   */
  constructor(reader: BitReader, ledger: Ledger, block: MetaBlock, ring: DistanceRing, window: number, end: number) {
    this.reader = reader
    this.ledger = ledger
    this.block = block
    this.ring = ring
    this.window = window
    this.end = end
  }

  /** Charges all commands and returns the bits that are left for the whole meta-block to pay. */
  run(): number {
    const { reader, ledger, end } = this
    const { commands, commandCodes, table } = this.block
    while (ledger.position < end) {
      if (commands.remaining === 0) this.sharedBits += commands.next(reader)
      commands.remaining--
      const start = ledger.position
      const commandBit = reader.bit
      const command = reader.symbol(table, commandCodes[commands.type]!, ROOT_BITS)
      const cell = command >> 6
      const insertCode = CELL_INSERT[cell]! + ((command >> 3) & 7)
      const copyCode = CELL_COPY[cell]! + (command & 7)
      const insert = INSERT_BASE[insertCode]! + reader.take(INSERT_EXTRA[insertCode]!)
      const copy = COPY_BASE[copyCode]! + reader.take(COPY_EXTRA[copyCode]!)
      this.commandBits = reader.bit - commandBit
      if (insert > end - start) throw reader.corrupt('a command inserts more than its meta-block holds')
      if (insert > 0) this.chargeLiterals(start + insert)
      // The last command of a meta-block may stop after its literals; its copy is not meant.
      if (ledger.position < end) this.chargeCopy(copy, command < FIRST_WITH_DISTANCE)
      if (ledger.position > start) spread(ledger.perByte, start, ledger.position, this.commandBits)
      else this.sharedBits += this.commandBits
    }
    return this.sharedBits
  }

  /** Charges literals up to byte `end` of the content, each to itself. */
  private chargeLiterals(end: number): void {
    const { reader, ledger } = this
    const { raw, perByte } = ledger
    const { literals, literalCodes, contextModes, table } = this.block
    let { position } = ledger
    let last = position > 0 ? raw[position - 1]! : 0
    let beforeLast = position > 1 ? raw[position - 2]! : 0
    while (position < end) {
      if (literals.remaining === 0) this.sharedBits += literals.next(reader)
      const mode = contextModes[literals.type]!
      const codes = literals.type << LITERAL_CONTEXT_BITS
      const stop = Math.min(end, position + literals.remaining)
      literals.remaining -= stop - position
      for (; position < stop; position++) {
        const context = contextTables[mode + last]! | contextTables[mode + 256 + beforeLast]!
        const symbolBit = reader.bit
        const literal = reader.symbol(table, literalCodes[codes + context]!, ROOT_BITS)
        if (literal !== raw[position]) throw this.differs(position)
        perByte[position] = reader.bit - symbolBit
        beforeLast = last
        last = literal
      }
    }
    ledger.position = end
  }

  /** Charges the distance of a copy or a dictionary word to the bytes it produces. */
  private chargeCopy(copyLength: number, repeatsDistance: boolean): void {
    const { reader, ledger, ring } = this
    const { raw, perByte, position } = ledger
    let distanceBits = 0
    let symbol = 0
    let distance = ring.recall(0)
    if (!repeatsDistance) {
      const { distances, distanceCodes, distanceFormat, table } = this.block
      if (distances.remaining === 0) this.sharedBits += distances.next(reader)
      distances.remaining--
      const distanceBit = reader.bit
      const context = (distances.type << DISTANCE_CONTEXT_BITS) + Math.min(copyLength - 2, 3)
      symbol = reader.symbol(table, distanceCodes[context]!, ROOT_BITS)
      distance = readDistance(reader, ring, distanceFormat, symbol)
      distanceBits = reader.bit - distanceBit
      if (distance <= 0) throw reader.corrupt('a distance is not positive')
    }
    const longest = Math.min(this.window, position)
    const isWord = distance > longest
    const length = isWord ? dictionaryLength(copyLength, distance - longest - 1) : copyLength
    if (length < 0) throw reader.corrupt('a copy starts before the content and is no word of the static dictionary')
    if (length > this.end - position) throw reader.corrupt('a command copies more than its meta-block holds')
    // Words never enter the ring, nor does a distance that is already its head.
    if (!isWord && symbol !== 0) ring.remember(distance)
    if (length === 0) {
      this.commandBits += distanceBits
      return
    }
    const part = distanceBits / length
    const copyEnd = position + length
    ledger.position = copyEnd
    if (isWord) {
      perByte.fill(part, position, copyEnd)
      return
    }
    for (let index = position; index < copyEnd; index++) {
      if (raw[index] !== raw[index - distance]) throw this.differs(index)
      perByte[index] = part
    }
  }

  private differs(position: number): Error {
    return this.reader.corrupt(`it decodes to something else than byte ${position} of the content`)
  }
}
