import { BitReader } from './bit-reader.ts'
import { CommandCharger } from './brotli-commands.ts'
import { DistanceRing } from './brotli-distances.ts'
import { readMetaBlock } from './brotli-meta-block.ts'
import { PrefixCodes } from './brotli-prefix-code.ts'
import { streamUnsupported } from './errors.ts'
import { chargeBlock, type Ledger, openLedger, type StreamCosts } from './stream-costs.ts'

/** The value of MNIBBLES that announces metadata instead of a length (RFC 7932, 9.2). */
const METADATA = 3
/** Bytes of the window that no distance reaches (RFC 7932, 9.1). */
const WINDOW_GAP = 16

/**
 * Charges every bit of a brotli stream to the content it encodes. Literals and copies are checked against `raw`, lengths
 * and the bits between them against the format; what a word of the static dictionary says is not (only its length is
 * known here), so a damaged stream whose only fault is another word of the same length passes. Charging rules:
 * {@link StreamCosts}.
 *
 * @param raw the decoded content
 * @throws PACELINE_STREAM_CORRUPT when the stream is damaged, cut, followed by something else, or not of `raw`
 * @throws PACELINE_STREAM_UNSUPPORTED for the large-window variant, which is not RFC 7932 and which no browser decodes
 */
export function brotliCosts(stream: Uint8Array, raw: Uint8Array): StreamCosts {
  const reader = new BitReader('brotli', stream)
  const ledger = openLedger(raw)
  const window = readWindow(reader)
  ledger.container = reader.bit
  const codes = new PrefixCodes()
  const ring = new DistanceRing()
  while (chargeMetaBlock(reader, ledger, codes, ring, window));
  const endBit = reader.bit
  alignWithZeros(reader)
  if (reader.bit < reader.endBit) throw reader.corrupt('the stream ends, but more bytes follow')
  if (ledger.position !== raw.length) {
    throw reader.corrupt(`it ends after ${ledger.position} of ${raw.length} bytes of content`)
  }
  return { perByte: ledger.perByte, container: ledger.container + reader.bit - endBit }
}

/** WBITS (RFC 7932, 9.1), as the longest distance that it allows. */
function readWindow(reader: BitReader): number {
  let bits = 16
  if (reader.take(1) === 1) {
    const large = reader.take(3)
    const small = large === 0 ? reader.take(3) : 0
    if (small === 1) {
      throw streamUnsupported(
        'brotli',
        0,
        'a large window',
        'Compress with a window of 10 to 24 bits; browsers decode no other.',
      )
    }
    bits = large !== 0 ? 17 + large : small === 0 ? 17 : 8 + small
  }
  return (1 << bits) - WINDOW_GAP
}

/** Reads and charges one meta-block (RFC 7932, 9.2). Returns whether another one follows. */
function chargeMetaBlock(
  reader: BitReader,
  ledger: Ledger,
  codes: PrefixCodes,
  ring: DistanceRing,
  window: number,
): boolean {
  const startBit = reader.bit
  const start = ledger.position
  const last = reader.take(1) === 1
  const nibbles = last && reader.take(1) === 1 ? -1 : reader.take(2)
  if (nibbles === -1 || nibbles === METADATA) {
    if (nibbles === METADATA) skipMetadata(reader)
    ledger.container += reader.bit - startBit
    return !last
  }
  const length = readLength(reader, 4 + nibbles, 4)
  if (length > ledger.raw.length - start) throw tooLong(reader, ledger)
  if (!last && reader.take(1) === 1) {
    alignWithZeros(reader)
    const headerBits = reader.bit - startBit
    chargeUncompressed(reader, ledger, start + length)
    chargeBlock(ledger, start, headerBits)
    return true
  }
  const block = readMetaBlock(reader, codes)
  const headerBits = reader.bit - startBit
  const sharedBits = new CommandCharger(reader, ledger, block, ring, window, start + length).run()
  chargeBlock(ledger, start, headerBits + sharedBits)
  return !last
}

function skipMetadata(reader: BitReader): void {
  if (reader.take(1) !== 0) throw reader.corrupt('a reserved bit is set')
  const bytes = reader.take(2)
  const length = bytes === 0 ? 0 : readLength(reader, bytes, 8)
  alignWithZeros(reader)
  reader.advance(8 * length)
}

/** A length minus one, in as few digits as it needs: more than the least number must not start with a zero. */
function readLength(reader: BitReader, digits: number, digitBits: number): number {
  let value = 0
  let digit = 0
  for (let index = 0; index < digits; index++) {
    digit = reader.take(digitBits)
    value |= digit << (index * digitBits)
  }
  const least = digitBits === 4 ? 4 : 1
  if (digits > least && digit === 0) throw reader.corrupt('a length has a leading zero')
  return value + 1
}

function chargeUncompressed(reader: BitReader, ledger: Ledger, end: number): void {
  for (; ledger.position < end; ledger.position++) {
    if (reader.take(8) !== ledger.raw[ledger.position]) {
      throw reader.corrupt(`it decodes to something else than byte ${ledger.position} of the content`)
    }
    ledger.perByte[ledger.position] = 8
  }
}

function alignWithZeros(reader: BitReader): void {
  if (reader.align() !== 0) throw reader.corrupt('the bits before a byte boundary are not zero')
}

function tooLong(reader: BitReader, ledger: Ledger): Error {
  return reader.corrupt(`it decodes to more than the content's ${ledger.raw.length} bytes`)
}
