import { formatBytes } from '@paceline/kit'
import { optimize } from 'svgo'
import { imageError, type ImageSubject } from '../../errors.ts'
import { decodeXml } from '../image-format.ts'
import { formatOfImage } from '../format-of-image.ts'
import { reasonOf } from '../reason-of.ts'
import type { ImageLimits } from '../source-image.ts'
import { entityProblem } from './check-entities.ts'
import { inspectSvg, type SvgFacts } from './inspect-svg.ts'
import { isSameDrawing } from './same-drawing.ts'
import { svgPlugins } from './svg-plugins.ts'
import { svgSize } from './svg-size.ts'

/** svgo takes two seconds for a megabyte of paths, and its time grows faster than the file. */
const LARGEST = 2_000_000
/** Further passes double the time and find a byte here and there. */
const LARGEST_REPEATED = 256_000

export interface SvgImage {
  /** Never more than the source's. */
  readonly bytes: Uint8Array
  /** CSS pixels, whole: as browsers show it without a size. */
  readonly width: number
  readonly height: number
  /** Why the bytes are the source's. */
  readonly keptBecause?: string
}

/**
 * Writes an SVG shorter. It draws the same, and keeps every id, class, title and view box; it is compared, and the source is kept when the two
 * draw differently, when nothing is gained, when it is huge, or when there is HTML in it, which no rule of SVG fits.
 *
 * @throws what `formatOfImage` does, `PACELINE_SVG_UNSAFE`, `PACELINE_SVG_INVALID`, `PACELINE_IMAGE_TOO_MANY_PIXELS`
 */
export async function optimiseSvg(subject: ImageSubject, bytes: Uint8Array, limits: ImageLimits): Promise<SvgImage> {
  const format = formatOfImage(subject, bytes, limits)
  if (format !== 'svg') throw imageError('PACELINE_SVG_INVALID', [subject, `a ${format}`])
  const text = decodeXml(bytes)
  const facts = inspect(subject, text)
  const { width, height, extent } = svgSize(facts.attributes)
  if (width * height > limits.pixels) {
    const size = `${Math.round(width)} × ${Math.round(height)}`
    throw imageError('PACELINE_IMAGE_TOO_MANY_PIXELS', [subject, size, width * height, limits.pixels])
  }
  const size = { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) }
  const kept = (keptBecause: string): SvgImage => ({ bytes, ...size, keptBecause })
  if (facts.hasForeignObject) return kept('it has HTML in it')
  if (bytes.byteLength > LARGEST) return kept(`it has more than ${formatBytes(LARGEST)}`)
  try {
    const multipass = bytes.byteLength <= LARGEST_REPEATED
    const { data } = optimize(text, { multipass, plugins: svgPlugins(extent) })
    const optimised = new TextEncoder().encode(data)
    if (optimised.byteLength >= bytes.byteLength) return kept('it is as short as it gets')
    return (await isSameDrawing(text, data)) ? { bytes: optimised, ...size } : kept('it would draw differently')
  } catch (error) {
    return kept(`it cannot be written shorter or drawn here (${reasonOf(error)})`)
  }
}

function inspect(subject: ImageSubject, text: string): SvgFacts {
  const problem = entityProblem(text)
  if (problem !== undefined) throw imageError('PACELINE_SVG_UNSAFE', [subject, problem])
  let facts: SvgFacts
  try {
    facts = inspectSvg(text)
  } catch (error) {
    throw imageError('PACELINE_SVG_INVALID', [subject, reasonOf(error)], { cause: error })
  }
  if (facts.root !== 'svg') throw imageError('PACELINE_SVG_INVALID', [subject, `<${facts.root}> as its root`])
  if (facts.unsafe !== undefined) throw imageError('PACELINE_SVG_UNSAFE', [subject, facts.unsafe])
  return facts
}
