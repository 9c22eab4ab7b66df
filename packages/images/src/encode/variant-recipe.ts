import type { ArtifactRecipe, InputDigest, Json, JsonObject } from '@paceline/artifact-cache'
import { defaultSettings } from '../quality/encoder-settings.ts'
import { qualityLike } from '../quality/quality-scale.ts'
import type { RasterFormat, VariantFormat } from './image-format.ts'
import { libraryVersions } from './library-versions.ts'
import type { Quality } from './make-variant.ts'
import type { Variant } from './plan-variants.ts'
import type { SourceImage } from './source-image.ts'

/** Raised when the same source and settings come to give other bytes by a change of our own. */
const SCHEMA = 1

/** The libraries in sharp that a format's bytes, or pixels, come from. */
const LIBRARIES: Readonly<Record<RasterFormat, readonly string[]>> = {
  jpeg: ['mozjpeg'],
  png: ['png', 'zlib-ng'],
  webp: ['webp'],
  avif: ['heif', 'aom'],
  gif: ['cgif'],
}

/** What decides the bytes of a variant: the source's, what is wanted of it, and the version of everything that has a hand in it. */
export function variantRecipe(
  input: InputDigest,
  source: SourceImage,
  { format, width, height }: Variant,
  quality: Quality,
): ArtifactRecipe {
  return {
    kind: format,
    schema: SCHEMA,
    input,
    settings: {
      width,
      height,
      quality: qualityIn(format, quality),
      encoder: format === 'png' ? {} : { ...(JSON.parse(JSON.stringify(defaultSettings(format))) as JsonObject) },
      versions: versionsFor(source.format, format),
    },
  }
}

function qualityIn(format: VariantFormat, quality: Quality): Json {
  if (typeof quality === 'object') return { ssimulacra2: quality.target }
  return format === 'png' ? 100 : qualityLike(quality, format)
}

/** The recipe of a placeholder. */
export function placeholderRecipe(
  input: InputDigest,
  source: SourceImage,
  kind: 'thumbhash' | 'color',
): ArtifactRecipe {
  return { kind: 'placeholder', schema: SCHEMA, input, settings: { kind, versions: versionsFor(source.format) } }
}

/** The recipe of what a file's header says. */
export function headerRecipe(input: InputDigest, format: RasterFormat): ArtifactRecipe {
  return { kind: 'image-header', schema: SCHEMA, input, settings: { versions: versionsFor(format) } }
}

/** The versions that reading one format and writing another depend on. */
export function versionsFor(...formats: readonly (RasterFormat | VariantFormat)[]): JsonObject {
  const names = new Set(['sharp', 'vips', 'lcms', ...formats.flatMap((format) => LIBRARIES[format])])
  const versions = libraryVersions()
  return Object.fromEntries([...names].map((name) => [name, versions[name] ?? 'none']))
}
