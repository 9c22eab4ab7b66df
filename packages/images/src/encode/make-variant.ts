import { imageError } from '../errors.ts'
import { encodeLossless } from './encode-lossless.ts'
import { encodeLossy } from './encode-lossy.ts'
import { imageFormats } from './image-format.ts'
import { isDrawn } from './is-drawn.ts'
import { openImage, type Strictness } from './open-image.ts'
import { pictureError, troubleOf } from './picture-error.ts'
import type { Variant } from './plan-variants.ts'
import { qualityLike } from '../quality/quality-scale.ts'
import { reasonOf } from './reason-of.ts'
import { searchVariant } from './search-variant.ts'
import type { SourceImage } from './source-image.ts'

/** The quality of a JPEG that looks as good, or the score (SSIMULACRA 2) that every file must reach. */
export type Quality = number | { readonly target: number }

export interface MadeVariant {
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
  /** The encoder's setting; absent for a file without loss. */
  readonly quality?: number
  /** SSIMULACRA 2 against the scaled source, when it was looked for; 100 for a file without loss. */
  readonly score?: number
}

/** The quality of animations when a score is wanted: frames are not scored one by one. */
const ANIMATION_QUALITY = 80

/**
 * Makes one file from a picture: turned upright, scaled (in the values as they are stored, as every tool for the web does), its colours
 * as `SourceColour` says, without metadata of any kind.
 *
 * @throws `PACELINE_IMAGE_CORRUPT`, `PACELINE_IMAGE_ENCODE_FAILED`; what the machine lacked, see `troubleOf`
 */
export async function makeVariant(source: SourceImage, variant: Variant, quality: Quality): Promise<MadeVariant> {
  try {
    return await make(source, variant, quality, 'warning').catch((error: unknown) => {
      if (!HARMLESS.test(reasonOf(error))) throw error
      return make(source, variant, quality, 'error')
    })
  } catch (error) {
    const reason = reasonOf(error)
    const isOutput = /save|^"Processed image/.test(reason)
    if (!isOutput) throw pictureError(source.subject, error)
    const detail = [source.subject, imageFormats[variant.format].title, reason] as const
    throw troubleOf(error) ?? imageError('PACELINE_IMAGE_ENCODE_FAILED', [...detail], { cause: error })
  }
}

/**
 * What cameras write and every decoder reads without loss. All other warnings of libjpeg mean damaged data, which it would fill with grey: they
 * are errors here.
 */
const HARMLESS = /Invalid SOS parameters for sequential JPEG|extraneous bytes before marker/

async function make(
  source: SourceImage,
  variant: Variant,
  quality: Quality,
  strictness: Strictness,
): Promise<MadeVariant> {
  const { format, width, height } = variant
  const open = (): ReturnType<typeof openImage> => openImage(source, variant, strictness)
  if (format === 'png') return { bytes: await encodeLossless(open, format, source), width, height, score: 100 }
  const lossy = async (): Promise<MadeVariant> => {
    if (typeof quality === 'object' && !source.animation) {
      return { ...(await searchVariant(open(), source, format, quality.target)), width, height }
    }
    const fixed = typeof quality === 'object' ? ANIMATION_QUALITY : qualityLike(quality, format)
    return { bytes: await encodeLossy(open(), format, source, fixed), width, height, quality: fixed }
  }
  if (format !== 'webp' || !isDrawn(source)) return lossy()
  const [best, exact] = [await lossy(), await encodeLossless(open, format, source)]
  return exact.byteLength <= best.bytes.byteLength ? { bytes: exact, width, height, score: 100 } : best
}
