import { isLargePicture } from './large-picture.ts'
import { mirrored } from './mirror-small.ts'
import { perceptualPlanes, type PerceptualPlanes } from './perceptual-planes.ts'
import { isTranslucent, type Pixels } from './pixels.ts'
import { PlaneSpace } from './plane-space.ts'
import { comparePlanes, referencePlane, type ReferencePlane, type WantedErrors } from './plane-errors.ts'
import { ERRORS, WEIGHTS, type ErrorWeights } from './score-weights.ts'

/** A reference with all that is the same for every candidate worked out. */
export interface PreparedReference {
  readonly width: number
  readonly height: number
  /** For each background the picture is looked at on. */
  readonly views: readonly ReferenceView[]
}

interface ReferenceView {
  readonly planes: readonly ReferencePlane[]
}

/** Light and dark, as the reference tool has them: what a transparent picture hides on one shows on the other. */
const BACKGROUNDS = [0.1, 0.9] as const

/**
 * How much a picture looks like its reference, as SSIMULACRA 2 (Jon Sneyers, Cloudinary): 100 is the same, 90 is visually
 * lossless, 80 very high quality, 70 high, 50 medium, below 0 hardly to be recognised. A transparent picture is looked at on a dark
 * and on a light background, and the lower score counts.
 *
 * From 225 × 225 pixels on this is what the reference implementation computes, within 0.05, but for the rounding of its blur, which
 * takes a tenth off around 80, and up to 1.5 above 90, from pictures with large even areas. Below that size, the reference gives
 * its weights to the wrong scales; here small pictures are mirrored until every scale is there.
 *
 * @throws {RangeError} When the sizes differ.
 */
export function scoreImages(reference: Pixels, candidate: Pixels): number {
  return scoreAgainst(prepareReference(reference), candidate)
}

/**
 * Does what `scoreImages` would do again for every candidate of one reference: about half of the time.
 *
 * @param kept where the result is, until somebody else begins there
 * @param scratch free again afterwards
 */
export function prepareReference(
  reference: Pixels,
  kept: PlaneSpace = new PlaneSpace(),
  scratch: PlaneSpace = new PlaneSpace(),
): PreparedReference {
  const { width, height } = reference
  const backgrounds = reference.channels % 2 === 0 && isTranslucent(reference) ? BACKGROUNDS : BACKGROUNDS.slice(0, 1)
  const pixels = mirrored(reference)
  const keepsBlurs = !isLargePicture(reference)
  // Three copies, or one, of the light in full size, of two planes in half the size, and so on: 5.05 for each pixel.
  kept.begin(Math.ceil((keepsBlurs ? 5.1 : 1.7) * (pixels.width + 32) * (pixels.height + 32)) * backgrounds.length)
  const views = backgrounds.map((background): ReferenceView => {
    const scales = perceptualPlanes(pixels, background, scratch)
    return {
      planes: WEIGHTS.map((weights) => {
        const scale = scales[weights.scale]!
        return referencePlane(planeOf(scale, weights), scale.width, scale.height, wantedBy(weights), keepsBlurs, kept)
      }),
    }
  })
  return { width, height, views }
}

/**
 * The score of a candidate against a reference that is prepared.
 *
 * @param scratch free again afterwards
 */
export function scoreAgainst(
  reference: PreparedReference,
  candidate: Pixels,
  scratch: PlaneSpace = new PlaneSpace(),
): number {
  const { width, height, views } = reference
  if (candidate.width !== width || candidate.height !== height) {
    throw new RangeError(
      `\`candidate\` must have the size of its reference, ${width} × ${height}; received ${candidate.width} × ${candidate.height}. Scale the reference first.`,
    )
  }
  const pixels = mirrored(candidate)
  const backgrounds = isTranslucent(candidate) ? BACKGROUNDS : BACKGROUNDS.slice(0, views.length)
  return Math.min(
    ...backgrounds.map((background, at) => {
      const scales = perceptualPlanes(pixels, background, scratch)
      // An opaque reference has one view: it looks the same on every background.
      const { planes } = views[at] ?? views[0]!
      return scoreOf(weightedErrors(planes, scales))
    }),
  )
}

function weightedErrors(planes: readonly ReferencePlane[], scales: readonly PerceptualPlanes[]): number {
  let sum = 0
  for (const [at, weights] of WEIGHTS.entries()) {
    const scale = scales[weights.scale]!
    const { width, height } = scale
    const errors = comparePlanes(planes[at]!, planeOf(scale, weights), width, height, wantedBy(weights))
    for (const kind of ERRORS) {
      const [mean, worst] = weights[kind]
      sum += mean * errors[kind].mean + worst * errors[kind].worst
    }
  }
  return sum
}

/** The curve that brings the sum to the scale of people's opinions, with the reference's coefficients. */
function scoreOf(sum: number): number {
  const x = sum * 0.9562382616834844
  const bent = 2.326765642916932 * x - 0.020884521182843837 * x * x + 6.248496625763138e-5 * x * x * x
  return bent > 0 ? 100 - 10 * bent ** 0.6276336467831387 : 100
}

function planeOf(scale: PerceptualPlanes, { plane }: ErrorWeights): Float32Array {
  return scale[plane]!
}

function wantedBy({ structure, ringing, blurring }: ErrorWeights): WantedErrors {
  const counts = (weights: readonly number[]): boolean => weights.some((weight) => weight > 0)
  return { structure: counts(structure), edges: counts(ringing) || counts(blurring) }
}
