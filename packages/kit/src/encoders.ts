import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants, gunzip, gzip, zstdCompress, zstdDecompress } from 'node:zlib'

/** The content encodings Paceline writes and measures, and the level each is held to. */
export type Encoding = 'gzip' | 'brotli' | 'zstd'

/** How a figure in bytes was taken: as emitted, or in one of the encodings. */
export type Measure = 'raw' | Encoding

interface Encoder {
  /** The suffix of the sibling file, as servers look for it. */
  readonly extension: '.gz' | '.br' | '.zst'
  /** The `Content-Encoding` token (IANA registry of HTTP content codings). */
  readonly contentEncoding: 'gzip' | 'br' | 'zstd'
  readonly level: number
  readonly encode: (input: Uint8Array) => Promise<Buffer>
  readonly decode: (input: Uint8Array) => Promise<Buffer>
}

const gzipAsync = promisify(gzip)
const gunzipAsync = promisify(gunzip)
const brotliAsync = promisify(brotliCompress)
const unbrotliAsync = promisify(brotliDecompress)
const zstdAsync = promisify(zstdCompress)
const unzstdAsync = promisify(zstdDecompress)

/**
 * The one place that says how Paceline encodes. What is measured and what is served come from here, so they cannot
 * differ: gzip level 9, brotli quality 11, zstd level 19, single-shot, on libuv's thread pool.
 */
export const encoders: Readonly<Record<Encoding, Encoder>> = Object.freeze({
  gzip: {
    extension: '.gz',
    contentEncoding: 'gzip',
    level: 9,
    encode: (input) => gzipAsync(input, { level: 9 }),
    decode: (input) => gunzipAsync(input),
  },
  brotli: {
    extension: '.br',
    contentEncoding: 'br',
    level: 11,
    encode: (input) =>
      brotliAsync(input, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: input.byteLength },
      }),
    decode: (input) => unbrotliAsync(input),
  },
  zstd: {
    extension: '.zst',
    contentEncoding: 'zstd',
    level: 19,
    // Without the size zstd reserves its largest tables, about 80 MB for each file: 120 files took 10 GB, and ten times the CPU.
    encode: (input) =>
      zstdAsync(input, {
        params: { [constants.ZSTD_c_compressionLevel]: 19 },
        pledgedSrcSize: input.byteLength,
      }),
    decode: (input) => unzstdAsync(input),
  },
} satisfies Record<Encoding, Encoder>)

export const encodings: readonly Encoding[] = Object.freeze(['gzip', 'brotli', 'zstd'])
