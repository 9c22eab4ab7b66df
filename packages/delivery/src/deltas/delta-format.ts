import { hash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants, zstdCompress, zstdDecompress } from 'node:zlib'
import type { BrotliOptions, ZstdOptions } from 'node:zlib'

export type DeltaEncoding = 'dcb' | 'dcz'
export const deltaEncodings: readonly DeltaEncoding[] = Object.freeze(['dcb', 'dcz'])

/** What a stream begins with, before the SHA-256 of its dictionary (RFC 9842, sections 4 and 5). */
const MAGIC: Readonly<Record<DeltaEncoding, Buffer>> = {
  dcb: Buffer.from([0xff, 0x44, 0x43, 0x42]),
  dcz: Buffer.from([0x5e, 0x2a, 0x4d, 0x18, 0x20, 0x00, 0x00, 0x00]),
}
const HASH_BYTES = 32

/**
 * Chosen by measurement, see docs/decisions/0010-deltas.md. Below 5 brotli looks for nothing in a dictionary, below 3 zstd hardly does; above
 * 9 and 12 both take ten times as long for a hundredth of the bytes.
 */
export const LEVEL: Readonly<Record<DeltaEncoding, number>> = Object.freeze({ dcb: 5, dcz: 9 })

/** Every decoder must accept a window of 8 MiB. */
const MAX_WINDOW_LOG = 23
const MIN_WINDOW_LOG = 10

/** The types of Node 24.0 do not know yet that brotli takes a dictionary. */
type WithDictionary<Options> = Options & { readonly dictionary: Uint8Array }

const brotli = promisify<Uint8Array, WithDictionary<BrotliOptions>, Buffer>(brotliCompress)
const unbrotli = promisify<Uint8Array, WithDictionary<BrotliOptions>, Buffer>(brotliDecompress)
const zstd = promisify<Uint8Array, ZstdOptions, Buffer>(zstdCompress)
const unzstd = promisify<Uint8Array, ZstdOptions, Buffer>(zstdDecompress)

/** A content as `dcb` or `dcz` against a dictionary, as it is sent. */
export async function encodeDelta(
  encoding: DeltaEncoding,
  content: Uint8Array,
  dictionary: Uint8Array,
): Promise<Buffer> {
  const stream = encoding === 'dcb' ? await brotliDelta(content, dictionary) : await zstdDelta(content, dictionary)
  return Buffer.concat([MAGIC[encoding], hash('sha256', dictionary, 'buffer'), stream])
}

function brotliDelta(content: Uint8Array, dictionary: Uint8Array): Promise<Buffer> {
  return brotli(content, {
    dictionary,
    params: {
      [constants.BROTLI_PARAM_QUALITY]: LEVEL.dcb,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.byteLength,
    },
  })
}

function zstdDelta(content: Uint8Array, dictionary: Uint8Array): Promise<Buffer> {
  return zstd(content, {
    dictionary,
    // Decides about the tables, and is written down: without it a window of the default is too small for large files.
    pledgedSrcSize: content.byteLength,
    params: {
      [constants.ZSTD_c_compressionLevel]: LEVEL.dcz,
      // The dictionary is in reach as long as the content fits into the window.
      [constants.ZSTD_c_windowLog]: windowLog(content.byteLength),
    },
  })
}

function windowLog(bytes: number): number {
  return Math.min(MAX_WINDOW_LOG, Math.max(MIN_WINDOW_LOG, Math.ceil(Math.log2(bytes + 1))))
}

/**
 * What a browser makes of a delta.
 *
 * @param limit bytes above which decoding fails
 * @throws when it is damaged, or of another dictionary
 */
export async function decodeDelta(
  encoding: DeltaEncoding,
  delta: Uint8Array,
  dictionary: Uint8Array,
  limit: number,
): Promise<Buffer> {
  const magic = MAGIC[encoding]
  const start = magic.byteLength + HASH_BYTES
  const bytes = Buffer.from(delta.buffer, delta.byteOffset, delta.byteLength)
  if (!bytes.subarray(0, magic.byteLength).equals(magic)) throw new Error(`it does not begin as ${encoding} does`)
  if (!bytes.subarray(magic.byteLength, start).equals(hash('sha256', dictionary, 'buffer'))) {
    throw new Error('it is of another dictionary')
  }
  const options = { dictionary, maxOutputLength: Math.max(1, limit) }
  const stream = bytes.subarray(start)
  return encoding === 'dcb' ? unbrotli(stream, options) : unzstd(stream, options)
}

/** The file of a delta: `<file>.<first 16 hex digits of the dictionary's hash>.<encoding>`. */
export function deltaFile(file: string, dictionary: string, encoding: DeltaEncoding): string {
  return `${file}.${dictionary.slice(0, 16)}.${encoding}`
}
