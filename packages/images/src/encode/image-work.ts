import type { Artifact } from '@paceline/artifact-cache'
import type { ImageSubject } from '../errors.ts'
import type { RasterFormat } from './image-format.ts'
import { makeVariant, type Quality } from './make-variant.ts'
import { makePlaceholder } from './placeholder/make-placeholder.ts'
import type { Variant } from './plan-variants.ts'
import { readHeader } from './probe-image.ts'
import type { ImageOrigin, SourceImage } from './source-image.ts'

/** Everything that libvips is asked to do for a picture, as data: it may be done in another process. */
export type ImageWork =
  | {
      readonly kind: 'header'
      readonly subject: ImageSubject
      readonly bytes: Uint8Array
      readonly format: RasterFormat
      readonly origin?: ImageOrigin
    }
  | {
      readonly kind: 'variant'
      readonly source: SourceImage
      readonly variant: Variant
      readonly quality: Quality
    }
  | {
      readonly kind: 'placeholder'
      readonly source: SourceImage
      readonly placeholder: 'thumbhash' | 'color'
    }

/**
 * Does it here.
 *
 * @throws `PACELINE_IMAGE_CORRUPT`, `PACELINE_IMAGE_ENCODE_FAILED`
 */
export async function doImageWork(work: ImageWork): Promise<Artifact> {
  if (work.kind === 'header') {
    // Not `info`, which is bounded: an animation may have thousands of frames.
    return textArtifact(JSON.stringify(await readHeader(work.subject, work.bytes, work.format)))
  }
  if (work.kind === 'placeholder') return textArtifact((await makePlaceholder(work.source, work.placeholder)) ?? '')
  const { bytes, quality, score } = await makeVariant(work.source, work.variant, work.quality)
  return { bytes, info: { ...(quality === undefined ? {} : { quality }), ...(score === undefined ? {} : { score }) } }
}

function textArtifact(text: string): Artifact {
  return { bytes: new TextEncoder().encode(text), info: {} }
}
