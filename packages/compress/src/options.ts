import { encodings, parseOptions, type Encoding } from '@paceline/kit'
import * as v from 'valibot'

/** Options of compression (`compress` in `paceline()`). */
export interface CompressOptions {
  /**
   * Encodings to write beside every file, as `.gz`, `.br` and `.zst`. brotli at quality 11 costs most of the time.
   *
   * @default ['gzip', 'brotli', 'zstd']
   */
  readonly algorithms?: readonly Encoding[] | undefined
  /**
   * Files smaller than this many bytes are left alone: the answer fits one packet either way.
   *
   * @default 1024
   */
  readonly threshold?: number | undefined
}

export interface ResolvedCompressOptions {
  readonly algorithms: readonly Encoding[]
  readonly threshold: number
}

const schema = v.strictObject({
  algorithms: v.optional(v.pipe(v.array(v.picklist(encodings)), v.minLength(1, 'names no algorithm.')), [...encodings]),
  threshold: v.optional(
    v.pipe(v.number(), v.integer('must be a whole number.'), v.minValue(0, 'must not be negative.')),
    1024,
  ),
})

/** @throws `PACELINE_OPTIONS_INVALID` */
export function resolveCompressOptions(options: CompressOptions | undefined): ResolvedCompressOptions {
  return Object.freeze(parseOptions('compress', schema, options))
}
