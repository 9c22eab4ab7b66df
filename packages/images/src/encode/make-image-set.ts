import type { ArtifactJob, Artifacts, InputDigest } from '@paceline/artifact-cache'
import { bytesOf } from './bytes-of.ts'
import { estimatePlaceholder, estimateVariant } from './estimate-variant.ts'
import { imageFormats, type RasterFormat } from './image-format.ts'
import { keepUseful, type Rung } from './keep-useful.ts'
import type { Quality } from './make-variant.ts'
import { cleanOriginal } from './metadata/clean-original.ts'
import { formatsFor, widthsFor, type Variant } from './plan-variants.ts'
import { planWithin, type BoundedWishes } from './plan-within.ts'
import type { SourceImage } from './source-image.ts'
import { placeholderRecipe, variantRecipe } from './variant-recipe.ts'
import { imageJob } from './work-in-process.ts'

/** What is wanted of a picture; the resolved options of the plugin are such. */
export interface ImageWishes extends BoundedWishes {
  readonly placeholder: 'thumbhash' | 'color' | false
}

/** One file to emit. */
export interface ImageFile {
  readonly format: RasterFormat
  readonly bytes: Uint8Array
  /** Of `bytes`. */
  readonly size: number
  readonly width: number
  readonly height: number
  /** The encoder's setting; absent for files without loss and for the source's own bytes. */
  readonly quality?: number
  /** SSIMULACRA 2 against the scaled source, where it was measured. */
  readonly score?: number
}

/** The files of one format, narrow to wide. A file of a lesser format stands where the better one would be larger. */
export interface ImageSource {
  readonly format: RasterFormat
  readonly files: readonly [ImageFile, ...ImageFile[]]
}

/** All that a picture becomes. */
export interface ImageSet {
  /** Best format first, each with a file for every width worth serving; the last is for browsers that know nothing better. */
  readonly sources: readonly [ImageSource, ...ImageSource[]]
  /** Every file in `sources`, once. */
  readonly files: readonly ImageFile[]
  /** The widest file of the last source. */
  readonly fallback: ImageFile
  readonly placeholder?: string
  /** What would take more memory than is allowed. */
  readonly leftOut: readonly Variant[]
}

/**
 * Makes all files of a picture, through the cache and the scheduler, and keeps the ones worth serving: see `keepUseful`. The source's own
 * bytes, without private metadata, are one of the candidates.
 *
 * @param input digest of the source's bytes
 * @throws `PACELINE_IMAGE_CHANGED`, `PACELINE_IMAGE_CORRUPT`, `PACELINE_IMAGE_ENCODE_FAILED`, `PACELINE_IMAGE_PROCESS_ENDED`, `PACELINE_IMAGE_HANGS`
 */
export async function makeImageSet(
  artifacts: Artifacts,
  source: SourceImage,
  input: InputDigest,
  wishes: ImageWishes,
): Promise<ImageSet> {
  const { planned, leftOut } = planWithin(source, wishes)
  const [made, placeholder] = await Promise.all([
    Promise.all(planned.map(({ variant, quality }) => makeFile(artifacts, source, input, variant, quality))),
    makeStandIn(artifacts, source, input, wishes.placeholder),
  ])
  const [first, ...rest] = keepUseful(await rungsOf(source, wishes, made)).map(sourceOf)
  const sources: ImageSet['sources'] = [first!, ...rest]
  return {
    sources,
    files: [...new Set(sources.flatMap(({ files }) => files))],
    fallback: sources.at(-1)!.files.at(-1)!,
    leftOut,
    ...(placeholder === undefined ? {} : { placeholder }),
  }
}

type FormatRung = Rung<ImageFile> & { readonly format: RasterFormat }

/** The files by format, with the source's own bytes among those that it can stand for. */
async function rungsOf(source: SourceImage, wishes: ImageWishes, made: readonly ImageFile[]): Promise<FormatRung[]> {
  const formats: RasterFormat[] = source.keptBecause === undefined ? formatsFor(source, wishes) : []
  const rungs = formats.map((format) => ({ format, files: made.filter((file) => file.format === format) }))
  const home = rungs.find(({ format }) => format === source.format || (format === 'png' && source.format === 'gif'))
  // An animation has no other fallback, and what is kept, or too large for anything else, nothing else at all.
  if (made.length === 0 || (home === undefined && source.animation)) {
    return [...rungs, { format: source.format, files: [await originalFile(source)] }]
  }
  const isWished = widthsFor(source.width, wishes.widths).includes(source.width)
  if (home && isWished && !source.isCmyk) {
    const clean = cleanOriginal({ ...source, bytes: await bytesOf(source) })
    if (clean) home.files.push(fileAsItWas(source, clean))
  }
  return rungs
}

async function originalFile(source: SourceImage): Promise<ImageFile> {
  const bytes = await bytesOf(source)
  return fileAsItWas(source, cleanOriginal({ ...source, bytes }) ?? bytes)
}

function fileAsItWas({ format, width, height }: SourceImage, bytes: Uint8Array): ImageFile {
  return { format, bytes, size: bytes.byteLength, width, height }
}

function sourceOf({ format, files: [first, ...rest] }: FormatRung): ImageSource {
  return { format, files: [first!, ...rest] }
}

/** One file of a picture, through the cache and the scheduler. */
export async function makeFile(
  artifacts: Artifacts,
  source: SourceImage,
  input: InputDigest,
  variant: Variant,
  quality: Quality,
  priority: ArtifactJob['priority'] = 'build',
): Promise<ImageFile> {
  const { format, width, height } = variant
  const { bytes, info } = await artifacts.make(variantRecipe(input, source, variant, quality), {
    label: `${source.subject.file} → ${imageFormats[format].title}, ${width} px`,
    priority,
    ...imageJob({ kind: 'variant', source, variant, quality }, estimateVariant(source, variant, quality)),
  })
  return {
    format,
    bytes,
    size: bytes.byteLength,
    width,
    height,
    ...(typeof info['quality'] === 'number' ? { quality: info['quality'] } : {}),
    ...(typeof info['score'] === 'number' ? { score: info['score'] } : {}),
  }
}

/** The placeholder of a picture, through the cache and the scheduler. */
export async function makeStandIn(
  artifacts: Artifacts,
  source: SourceImage,
  input: InputDigest,
  kind: ImageWishes['placeholder'],
): Promise<string | undefined> {
  if (kind === false || source.keptBecause !== undefined) return undefined
  const { bytes } = await artifacts.make(placeholderRecipe(input, source, kind), {
    label: `${source.subject.file} → placeholder`,
    ...imageJob({ kind: 'placeholder', source, placeholder: kind }, estimatePlaceholder(source)),
  })
  return bytes.byteLength === 0 ? undefined : new TextDecoder().decode(bytes)
}

/**
 * The placeholder of a picture, if it was made before.
 *
 * @returns nothing when it is still to be made
 */
export async function findStandIn(
  artifacts: Artifacts,
  source: SourceImage,
  input: InputDigest,
  kind: ImageWishes['placeholder'],
): Promise<{ readonly placeholder?: string } | undefined> {
  if (kind === false || source.keptBecause !== undefined) return {}
  const found = await artifacts.find(placeholderRecipe(input, source, kind))
  if (!found) return undefined
  return found.bytes.byteLength === 0 ? {} : { placeholder: new TextDecoder().decode(found.bytes) }
}
