import { BitReader } from './bit-reader.ts'
import { crc32 } from './crc32.ts'
import { chargeDeflate } from './deflate-blocks.ts'
import { openLedger, type StreamCosts } from './stream-costs.ts'

/** Flags of a member's header (RFC 1952, 2.3.1). */
const FHCRC = 2
const FEXTRA = 4
const FNAME = 8
const FCOMMENT = 16
const RESERVED = 0xe0
const DEFLATE = 8

/**
 * Charges every bit of a gzip stream, of one or more members, to the content it encodes. The stream is checked on the
 * way: each literal and copy against `raw`, each member's checksums and length. Charging rules: {@link StreamCosts}.
 *
 * @param raw the decoded content
 * @throws PACELINE_STREAM_CORRUPT when the stream is damaged, cut, followed by something else, or not of `raw`
 */
export function gzipCosts(stream: Uint8Array, raw: Uint8Array): StreamCosts {
  const reader = new BitReader('gzip', stream)
  const ledger = openLedger(raw)
  do {
    const memberBit = reader.bit
    const memberStart = ledger.position
    readHeader(reader, stream)
    const deflateBit = reader.bit
    chargeDeflate(reader, ledger)
    ledger.container += deflateBit - memberBit
    const trailerBit = reader.bit
    reader.align()
    if (readUint32(reader) !== crc32(raw, memberStart, ledger.position)) {
      throw reader.corrupt('its CRC-32 is not that of the content')
    }
    if (readUint32(reader) !== (ledger.position - memberStart) >>> 0) {
      throw reader.corrupt('its length field is not the length of the content')
    }
    ledger.container += reader.bit - trailerBit
  } while (reader.bit < reader.endBit)
  if (ledger.position !== raw.length) {
    throw reader.corrupt(`it ends after ${ledger.position} of ${raw.length} bytes of content`)
  }
  return { perByte: ledger.perByte, container: ledger.container }
}

function readHeader(reader: BitReader, stream: Uint8Array): void {
  const start = reader.bit >>> 3
  if (reader.take(16) !== 0x8b1f) throw reader.corrupt('no gzip member starts')
  if (reader.take(8) !== DEFLATE) throw reader.corrupt('the compression method is not deflate')
  const flags = reader.take(8)
  if ((flags & RESERVED) !== 0) throw reader.corrupt('reserved header flags are set')
  reader.advance(48) // MTIME, XFL, OS
  if ((flags & FEXTRA) !== 0) reader.advance(8 * reader.take(16))
  if ((flags & FNAME) !== 0) skipText(reader)
  if ((flags & FCOMMENT) !== 0) skipText(reader)
  if ((flags & FHCRC) !== 0) {
    const expected = crc32(stream, start, reader.bit >>> 3) & 0xffff
    if (reader.take(16) !== expected) throw reader.corrupt('the checksum of the header is wrong')
  }
}

function skipText(reader: BitReader): void {
  while (reader.take(8) !== 0);
}

function readUint32(reader: BitReader): number {
  const low = reader.take(16)
  return (low | (reader.take(16) << 16)) >>> 0
}
