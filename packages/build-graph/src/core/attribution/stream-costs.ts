/**
 * Who pays for a compressed stream: every bit of it is charged to a byte of the decoded content, or to the container.
 * `sum(perByte) + container === 8 * stream.length`, up to the rounding of float64: below 1e-6 bits at
 * 6 MB, as long as adding up loses nothing either.
 *
 * How bits are charged:
 *
 * | bits of | are paid by |
 * | --- | --- |
 * | a literal | its byte |
 * | a match: length and distance (RFC 1951, 3.2.5) | the bytes it copies, evenly |
 * | a brotli command: insert-and-copy symbol and extra bits (RFC 7932, 5) | the bytes the command produces, evenly |
 * | a brotli distance (RFC 7932, 4), also of a static dictionary word (8) | the bytes it copies, evenly |
 * | a deflate block: its header, prefix codes, end-of-block symbol (RFC 1951, 3.2) | the bytes of the block, evenly |
 * | a brotli meta-block: its header, block types, context maps, prefix codes (RFC 7932, 9.2) and block switches (6) | the bytes of the meta-block, evenly |
 * | a stored or uncompressed byte | itself, 8 bits |
 * | gzip headers and trailers (RFC 1952, 2.3), WBITS, metadata and empty (meta-)blocks, final padding | the container |
 *
 * Bits whose bytes do not exist go one step up: a distance that copies nothing is paid by its command, a command that
 * produces nothing by its meta-block, a deflate block that produces nothing by the container.
 */
export interface StreamCosts {
  /** Bits charged to each byte of the decoded content; fractional. */
  readonly perByte: Float64Array
  /** Bits that belong to no byte. A whole number. */
  readonly container: number
}

/** The costs while a stream is read: what is charged so far and how far the content is accounted for. */
export interface Ledger {
  /** The decoded content, which the caller knows already; the stream is checked against it. */
  readonly raw: Uint8Array
  readonly perByte: Float64Array
  container: number
  /** Bytes of `raw` produced so far. */
  position: number
}

export function openLedger(raw: Uint8Array): Ledger {
  return { raw, perByte: new Float64Array(raw.length), container: 0, position: 0 }
}

/** Charges the content bytes [`start`, `end`) with equal parts of `bits`. The range must not be empty. */
export function spread(perByte: Float64Array, start: number, end: number, bits: number): void {
  const part = bits / (end - start)
  for (let index = start; index < end; index++) perByte[index]! += part
}

/** Charges a block's own bits to the bytes it produced, or to the container when there are none. */
export function chargeBlock(ledger: Ledger, start: number, bits: number): void {
  if (ledger.position > start) spread(ledger.perByte, start, ledger.position, bits)
  else ledger.container += bits
}
