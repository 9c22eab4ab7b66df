import { constants } from 'node:zlib'
import type { BrotliOptions, ZstdOptions } from 'node:zlib'
import { parseOptions } from '@paceline/kit'
import * as v from 'valibot'
import { algorithmNames, type AlgorithmOption } from './algorithms.ts'
import { createCodec, type Codec } from './core/codec.ts'
import { fileFilter } from './core/file-filter.ts'
import type { CompressOptions, HighMemoryOptions } from './options.ts'

export interface ResolvedCompressOptions {
  /** Whether a file, relative to the output directory, is to be compressed. */
  readonly isIncluded: (file: string) => boolean
  readonly threshold: number
  readonly codecs: readonly Codec[]
  readonly filename: CompressOptions['filename']
  readonly deleteOriginalAssets: boolean
  /** A stream is kept when it is smaller than this share of its file; nothing: always. */
  readonly ratio: number | undefined
  /** Whether of this at most {@link highMemoryLimit} run at once. */
  readonly isHighMemory: (codec: Codec) => boolean
  readonly highMemoryLimit: number
  readonly artifacts: NonNullable<CompressOptions['artifacts']>
  readonly isSilent: boolean
}

const pattern = v.union([v.string(), v.instance(RegExp), v.array(v.union([v.string(), v.instance(RegExp)]))])
/** Options are part of the key under which a result is kept, and of a message to another thread. */
const NOT_JSON = 'must be plain data, without a dictionary: nobody could decode the file without it.'
const name = v.picklist(algorithmNames)
const zlibOptions = v.pipe(
  v.custom<object>((input) => typeof input === 'object' && input !== null),
  v.check((input) => isPlainData(input), NOT_JSON),
)
const algorithm = v.lazy((input) =>
  Array.isArray(input) ? v.strictTuple([v.union([name, v.function()]), zlibOptions]) : name,
) as v.GenericSchema<unknown, AlgorithmOption>

const schema = v.strictObject({
  include: v.optional(pattern),
  exclude: v.optional(pattern, []),
  threshold: v.optional(
    v.pipe(v.number(), v.integer('must be a whole number.'), v.minValue(0, 'must not be negative.')),
    1024,
  ),
  algorithms: v.optional(v.pipe(v.array(algorithm), v.minLength(1, 'names no algorithm.')), ['gzip', 'brotli', 'zstd']),
  filename: v.optional(v.union([v.pipe(v.string(), v.nonEmpty('must not be empty.')), v.function()])),
  deleteOriginalAssets: v.optional(v.boolean(), false),
  skipIfLargerOrEqual: v.optional(v.boolean(), true),
  minRatio: v.optional(
    v.pipe(v.number(), v.gtValue(0, 'must be more than 0.'), v.maxValue(1, 'must be at most 1.')),
    1,
  ),
  artifacts: v.optional(v.function()),
  scheduler: v.optional(
    v.strictObject({
      limit: v.optional(
        v.pipe(v.number(), v.integer('must be a whole number.'), v.minValue(1, 'must be at least 1.')),
        1,
      ),
      isHighMemory: v.optional(v.function()),
    }),
  ),
  logLevel: v.optional(v.picklist(['info', 'silent']), 'info'),
})

/** @throws `PACELINE_OPTIONS_INVALID` */
export function resolveCompressOptions(options: CompressOptions | undefined): ResolvedCompressOptions {
  const parsed = parseOptions('compress', schema, options)
  return Object.freeze({
    isIncluded: fileFilter(parsed.include, parsed.exclude),
    threshold: parsed.threshold,
    codecs: parsed.algorithms.map(createCodec),
    filename: parsed.filename as CompressOptions['filename'],
    deleteOriginalAssets: parsed.deleteOriginalAssets,
    ratio: parsed.skipIfLargerOrEqual ? parsed.minRatio : undefined,
    artifacts: (parsed.artifacts as CompressOptions['artifacts']) ?? (() => []),
    isHighMemory: highMemory(parsed.scheduler),
    highMemoryLimit: parsed.scheduler?.limit ?? Infinity,
    isSilent: parsed.logLevel === 'silent',
  })
}

function highMemory(scheduler: { isHighMemory?: unknown } | undefined): ResolvedCompressOptions['isHighMemory'] {
  if (scheduler === undefined) return () => false
  const isHigh = (scheduler.isHighMemory as HighMemoryOptions['isHighMemory']) ?? isHighByDefault
  return ({ told }) => isHigh(told.algorithm, told.options)
}

/** Where vite-plugin-compression2 draws the line. */
function isHighByDefault(algorithm: unknown, { params = {} }: BrotliOptions | ZstdOptions): boolean {
  if (algorithm === 'brotliCompress') return Number(params[constants.BROTLI_PARAM_QUALITY] ?? 11) >= 10
  return algorithm === 'zstandard' && Number(params[constants.ZSTD_c_compressionLevel] ?? 0) >= 20
}

function isPlainData(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) {
    const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
    return isPlain && Object.values(value).every(isPlainData)
  }
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
}
