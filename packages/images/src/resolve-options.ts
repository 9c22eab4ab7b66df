import { parseBytes, parseOptions } from '@paceline/kit'
import * as v from 'valibot'
import type { ImageLimits } from './encode/source-image.ts'
import type { Quality } from './encode/make-variant.ts'
import type { ImagesOptions, OnImageError } from './options.ts'

export interface ResolvedImagesOptions {
  readonly formats: readonly ('avif' | 'webp')[]
  /** Narrow to wide, each once. */
  readonly widths: readonly number[]
  readonly quality: Quality
  readonly fallback: boolean
  readonly placeholder: 'thumbhash' | 'color' | false
  readonly svg: boolean
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly onError: OnImageError
  readonly limits: ImageLimits
}

export const defaultImageLimits: ImageLimits = Object.freeze({
  pixels: 64_000_000,
  bytes: 64_000_000,
  memory: 512_000_000,
})

const defaults: ResolvedImagesOptions = Object.freeze({
  formats: Object.freeze(['avif', 'webp'] as const),
  widths: Object.freeze([480, 960, 1600]),
  quality: Object.freeze({ target: 80 }),
  fallback: true,
  placeholder: 'thumbhash',
  svg: true,
  include: Object.freeze(['**/*']),
  exclude: Object.freeze([]),
  onError: 'error',
  limits: defaultImageLimits,
})

const score = v.pipe(
  v.number(),
  v.minValue(1, ({ received }) => `must be from 1 to 100; received ${received}.`),
  v.maxValue(100, ({ received }) => `must be from 1 to 100; received ${received}.`),
)
const whole = (what: string) =>
  v.pipe(
    v.number(),
    v.check(
      (value) => Number.isInteger(value) && value > 0,
      ({ received }) => `must be a whole number of ${what}; received ${received}.`,
    ),
  )
const size = v.union([v.string(), v.number()])
const globs = v.array(v.pipe(v.string(), v.nonEmpty('must not be empty.')))

const schema = v.strictObject({
  formats: v.optional(
    v.pipe(
      v.array(v.picklist(['avif', 'webp'])),
      v.nonEmpty('names no format. Write one, or turn images off with `images: false`.'),
    ),
  ),
  widths: v.optional(v.pipe(v.array(whole('pixels')), v.nonEmpty('names no width. Write one.'))),
  quality: v.optional(
    v.lazy((input): v.GenericSchema<unknown, Quality> =>
      typeof input === 'object' ? v.strictObject({ target: score }) : score,
    ),
  ),
  fallback: v.optional(v.boolean()),
  placeholder: v.optional(v.union([v.picklist(['thumbhash', 'color']), v.literal(false)])),
  svg: v.optional(v.boolean()),
  include: v.optional(globs),
  exclude: v.optional(globs),
  onError: v.optional(v.picklist(['error', 'warn'])),
  limits: v.optional(
    v.strictObject({ pixels: v.optional(whole('pixels')), bytes: v.optional(size), memory: v.optional(size) }),
  ),
})

/**
 * Checks the options and fills in the defaults, once. The caller's object is never written.
 *
 * @throws `PACELINE_OPTIONS_INVALID`, `PACELINE_SIZE_INVALID`
 */
export function resolveImagesOptions(options: ImagesOptions | undefined): ResolvedImagesOptions {
  const raw: ImagesOptions = parseOptions('images', schema, options)
  const { limits = {} } = raw
  const widths = [...new Set(raw.widths ?? defaults.widths)].toSorted((a, b) => a - b)
  return Object.freeze({
    // Best first, whatever the order: what knows AVIF knows WebP.
    formats: Object.freeze(defaults.formats.filter((format) => (raw.formats ?? defaults.formats).includes(format))),
    widths: Object.freeze(widths),
    quality: Object.freeze(raw.quality ?? defaults.quality),
    fallback: raw.fallback ?? defaults.fallback,
    placeholder: raw.placeholder ?? defaults.placeholder,
    svg: raw.svg ?? defaults.svg,
    include: Object.freeze([...(raw.include ?? defaults.include)]),
    exclude: Object.freeze([...(raw.exclude ?? defaults.exclude)]),
    onError: raw.onError ?? defaults.onError,
    limits: Object.freeze({
      pixels: limits.pixels ?? defaultImageLimits.pixels,
      bytes: limits.bytes === undefined ? defaultImageLimits.bytes : parseBytes(limits.bytes, 'images.limits.bytes'),
      memory:
        limits.memory === undefined ? defaultImageLimits.memory : parseBytes(limits.memory, 'images.limits.memory'),
    }),
  })
}
