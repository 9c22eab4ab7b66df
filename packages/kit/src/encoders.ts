import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, brotliDecompressSync, constants, gunzip, gunzipSync, gzip } from 'node:zlib'
import { zstdCompress, zstdDecompress, zstdDecompressSync } from 'node:zlib'
import type { BrotliOptions, ZlibOptions, ZstdOptions } from 'node:zlib'

/** The content encodings Paceline writes and measures, and the level each is held to. */
export type Encoding = 'gzip' | 'brotli' | 'zstd'

/** How a figure in bytes was taken: as emitted, or in one of the encodings. */
export type Measure = 'raw' | Encoding

/** A call of zlib as data, so that another thread can make it: the name of the function without `Sync`, and its options. */
export interface ZlibCall {
  readonly name: 'gzip' | 'brotliCompress' | 'zstdCompress'
  readonly options: ZlibOptions | BrotliOptions | ZstdOptions
}

interface Encoder {
  /** The suffix of the sibling file, as servers look for it. */
  readonly extension: '.gz' | '.br' | '.zst'
  /** The `Content-Encoding` token (IANA registry of HTTP content codings). */
  readonly contentEncoding: 'gzip' | 'br' | 'zstd'
  readonly level: number
  /** What {@link Encoder.encode} calls for an input of so many bytes. */
  readonly call: (bytes: number) => ZlibCall
  readonly encode: (input: Uint8Array) => Promise<Buffer>
  /** @param limit bytes above which decoding fails instead of going on; the faster, the nearer it is to the truth */
  readonly decode: (input: Uint8Array, limit?: number) => Promise<Buffer>
}

const gzipAsync = promisify(gzip)
const gunzipAsync = promisify(gunzip)
const brotliAsync = promisify(brotliCompress)
const unbrotliAsync = promisify(brotliDecompress)
const zstdAsync = promisify(zstdCompress)
const unzstdAsync = promisify(zstdDecompress)

const calls = {
  gzip: () => ({ name: 'gzip', options: { level: 9 } }),
  brotli: (bytes) => ({
    name: 'brotliCompress',
    options: { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes } },
  }),
  // Without the size zstd reserves its largest tables, about 80 MB for each file: 120 files took 10 GB, and ten times the CPU.
  zstd: (bytes) => ({
    name: 'zstdCompress',
    options: { params: { [constants.ZSTD_c_compressionLevel]: 19 }, pledgedSrcSize: bytes },
  }),
} satisfies Record<Encoding, (bytes: number) => ZlibCall>

/**
 * The one place that says how Paceline encodes. What is measured and what is served come from here, so they cannot
 * differ: gzip level 9, brotli quality 11, zstd level 19, single-shot, on libuv's thread pool.
 */
export const encoders: Readonly<Record<Encoding, Encoder>> = Object.freeze({
  gzip: {
    extension: '.gz',
    contentEncoding: 'gzip',
    level: 9,
    call: calls.gzip,
    encode: (input) => gzipAsync(input, calls.gzip().options),
    decode: (input, limit) => decode(gunzipSync, gunzipAsync, input, limit),
  },
  brotli: {
    extension: '.br',
    contentEncoding: 'br',
    level: 11,
    call: calls.brotli,
    encode: (input) => brotliAsync(input, calls.brotli(input.byteLength).options),
    decode: (input, limit) => decode(brotliDecompressSync, unbrotliAsync, input, limit),
  },
  zstd: {
    extension: '.zst',
    contentEncoding: 'zstd',
    level: 19,
    call: calls.zstd,
    encode: (input) => zstdAsync(input, calls.zstd(input.byteLength).options),
    decode: (input, limit) => decode(zstdDecompressSync, unzstdAsync, input, limit),
  },
} satisfies Record<Encoding, Encoder>)

interface DecodeOptions {
  readonly maxOutputLength?: number
  readonly chunkSize?: number
}

/** What is decoded faster than the pool of threads is asked: 100 kB take 0.1 to 0.3 ms. */
const SMALL = 100_000
const LARGEST_CHUNK = 16_000_000

async function decode(
  here: (input: Uint8Array, options: DecodeOptions) => Buffer,
  inPool: (input: Uint8Array, options?: DecodeOptions) => Promise<Buffer>,
  input: Uint8Array,
  limit: number | undefined,
): Promise<Buffer> {
  if (limit === undefined) return inPool(input)
  // zlib takes no limit of 0. Room for all of it at once: in pieces of 16 kB, as zlib would, a large file takes twice the CPU.
  const options = { maxOutputLength: Math.max(1, limit), chunkSize: Math.max(64, Math.min(limit + 1, LARGEST_CHUNK)) }
  return limit <= SMALL ? here(input, options) : inPool(input, options)
}

export const encodings: readonly Encoding[] = Object.freeze(['gzip', 'brotli', 'zstd'])
