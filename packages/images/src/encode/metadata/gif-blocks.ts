/** A block of a GIF behind its header: an extension with its label, or a frame. */
export interface GifBlock {
  readonly start: number
  /** Behind the last byte. Past the end of the file when it is cut off, or when no block can start at `start`. */
  readonly end: number
  readonly extension?: number
}

const EXTENSION = 0x21
const FRAME = 0x2c
const TRAILER = 0x3b

/** Bytes of a colour table that the flags announce (GIF89a, 19 and 21). */
const colourTable = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)

/** Where the blocks of a GIF begin. */
export function gifHeaderEnd(bytes: Uint8Array): number {
  return 13 + colourTable(bytes[10] ?? 0)
}

/** The blocks of a GIF up to its trailer, or to the end of the file: the trailer alone is missing in many files, and nobody minds. */
export function* gifBlocks(bytes: Uint8Array): Generator<GifBlock, void> {
  let start = gifHeaderEnd(bytes)
  while (start < bytes.byteLength && bytes[start] !== TRAILER) {
    const isExtension = bytes[start] === EXTENSION
    if (!isExtension && bytes[start] !== FRAME) {
      yield { start, end: Number.POSITIVE_INFINITY }
      return
    }
    const end = afterSubBlocks(bytes, isExtension ? start + 2 : start + 11 + colourTable(bytes[start + 9] ?? 0))
    yield { start, end, ...(isExtension ? { extension: bytes[start + 1] ?? 0 } : {}) }
    start = end
  }
}

function afterSubBlocks(bytes: Uint8Array, start: number): number {
  let at = start
  while (at < bytes.byteLength && bytes[at] !== 0) at += bytes[at]! + 1
  return at + 1
}
