import type { BitReader } from './bit-reader.ts'
import {
  BASE_SHIFT,
  DeflateCodes,
  DISTANCE_ROOT,
  EXTRA_SHIFT,
  FORBIDDEN,
  LITERAL_ROOT,
  NOT_LITERAL,
} from './deflate-codes.ts'
import { chargeBlock, type Ledger } from './stream-costs.ts'

/** Charges a deflate stream (RFC 1951) from the reader's position on, and leaves the reader right after its last block. */
export function chargeDeflate(reader: BitReader, ledger: Ledger): void {
  const windowStart = ledger.position
  const codes = new DeflateCodes()
  let last: number
  do {
    const blockBit = reader.bit
    const blockStart = ledger.position
    last = reader.take(1)
    const type = reader.take(2)
    if (type === 0) {
      chargeStored(reader, ledger, blockBit)
      continue
    }
    if (type === 1) codes.useFixed()
    else if (type === 2) codes.readDynamic(reader)
    else throw reader.corrupt('a block has the reserved type 3')
    const headerBits = reader.bit - blockBit
    const endOfBlockBits = chargeSymbols(reader, ledger, codes, windowStart)
    chargeBlock(ledger, blockStart, headerBits + endOfBlockBits)
  } while (last === 0)
}

/** RFC 1951, 3.2.4. */
function chargeStored(reader: BitReader, ledger: Ledger, blockBit: number): void {
  reader.align()
  const length = reader.take(16)
  if (reader.take(16) !== (length ^ 0xffff)) throw reader.corrupt('the length of a stored block contradicts itself')
  const headerBits = reader.bit - blockBit
  const start = ledger.position
  if (length > ledger.raw.length - start) throw tooLong(reader, ledger)
  for (; ledger.position < start + length; ledger.position++) {
    if (reader.take(8) !== ledger.raw[ledger.position]) throw differs(reader, ledger.position)
    ledger.perByte[ledger.position] = 8
  }
  chargeBlock(ledger, start, headerBits)
}

/** Charges the symbols of a block and returns the bits of the one that ends it. */
function chargeSymbols(reader: BitReader, ledger: Ledger, codes: DeflateCodes, windowStart: number): number {
  const { raw, perByte } = ledger
  const { literals, distances } = codes
  let { position } = ledger
  for (;;) {
    const symbolBit = reader.bit
    const symbol = reader.symbol(literals, 0, LITERAL_ROOT)
    if (symbol < NOT_LITERAL) {
      // Beyond the end of `raw` there is undefined, which no literal equals.
      if (symbol !== raw[position] || reader.bit === symbolBit) throw differs(reader, position)
      perByte[position++] = reader.bit - symbolBit
      continue
    }
    const base = symbol >>> BASE_SHIFT
    const extra = (symbol >>> EXTRA_SHIFT) & 15
    if (base === 0) {
      if (extra === FORBIDDEN) throw reader.corrupt('a length symbol is not one of the format')
      ledger.position = position
      return reader.bit - symbolBit
    }
    const end = position + base + reader.take(extra)
    const distanceSymbol = reader.symbol(distances, 0, DISTANCE_ROOT)
    const distance = (distanceSymbol >>> 4) + reader.take(distanceSymbol & 15)
    if (distance === 0) throw reader.corrupt('a distance symbol is not one of the format')
    if (distance > position - windowStart) throw reader.corrupt('a copy starts before the content')
    if (end > raw.length) throw tooLong(reader, ledger)
    const part = (reader.bit - symbolBit) / (end - position)
    for (; position < end; position++) {
      if (raw[position] !== raw[position - distance]) throw differs(reader, position)
      perByte[position] = part
    }
  }
}

function differs(reader: BitReader, position: number): Error {
  return reader.corrupt(`it decodes to something else than byte ${position} of the content`)
}

function tooLong(reader: BitReader, ledger: Ledger): Error {
  return reader.corrupt(`it decodes to more than the content's ${ledger.raw.length} bytes`)
}
