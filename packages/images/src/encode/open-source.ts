import type { Artifacts, InputDigest } from '@paceline/artifact-cache'
import type { ImageSubject } from '../errors.ts'
import type { Estimate } from './estimate-variant.ts'
import { holdToLimits, type ImageHeader } from './hold-to-limits.ts'
import type { RasterFormat } from './image-format.ts'
import type { ImageLimits, SourceImage } from './source-image.ts'
import { headerRecipe } from './variant-recipe.ts'
import { imageJob } from './work-in-process.ts'

/** What reading a file, now or before another build, has told. */
export interface ReadImage<Format = RasterFormat> {
  /** None where the digest was known without them. */
  readonly bytes: Uint8Array
  readonly size: number
  /** Digest of the bytes. */
  readonly input: InputDigest
  readonly format: Format
}

/** Reading a header takes less than loading the library that reads it. */
const ESTIMATE: Estimate = { cost: 5, memory: 5_000_000 }

/**
 * A picture, by what its header says, through the cache and the scheduler: where nothing has changed, no library of pictures is loaded.
 *
 * @param path absolute, of the file
 * @throws `PACELINE_IMAGE_CORRUPT`, `PACELINE_IMAGE_TOO_MANY_PIXELS`, `PACELINE_IMAGE_MEMORY`, `PACELINE_IMAGE_PROCESS_ENDED`, `PACELINE_IMAGE_HANGS`
 */
export async function openSource(
  artifacts: Artifacts,
  subject: ImageSubject,
  { bytes, size, input, format }: ReadImage,
  limits: ImageLimits,
  path: string,
): Promise<SourceImage> {
  const origin = { path, digest: input }
  const header = await artifacts.make(headerRecipe(input, format), {
    label: `${subject.file}: its header`,
    ...imageJob({ kind: 'header', subject, bytes, format, origin }, ESTIMATE),
  })
  const facts = JSON.parse(new TextDecoder().decode(header.bytes)) as ImageHeader
  return { ...holdToLimits(subject, bytes, facts, limits), size, origin }
}
