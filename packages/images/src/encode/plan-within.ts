import { usualQuality } from '../quality/quality-scale.ts'
import { estimateVariant } from './estimate-variant.ts'
import type { Quality } from './make-variant.ts'
import { planVariants, type Variant, type VariantWishes } from './plan-variants.ts'
import type { ImageLimits, SourceImage } from './source-image.ts'

export interface BoundedWishes extends VariantWishes {
  readonly quality: Quality
  readonly limits: Pick<ImageLimits, 'memory'>
}

/** A file to make, and how. */
export interface PlannedVariant {
  readonly variant: Variant
  readonly quality: Quality
}

/** The files that can be made of a picture, and those that cannot within the memory that is allowed. */
export interface BoundedPlan {
  readonly planned: readonly PlannedVariant[]
  readonly leftOut: readonly Variant[]
}

/**
 * `planVariants`, held to the memory that work on one picture may take. A file whose quality cannot be looked for within it gets the one at which
 * pictures usually reach the target; one that cannot be encoded within it at all is left out.
 */
export function planWithin(source: SourceImage, wishes: BoundedWishes): BoundedPlan {
  const planned: PlannedVariant[] = []
  const leftOut: Variant[] = []
  for (const variant of planVariants(source, wishes)) {
    const quality = qualityWithin(source, variant, wishes)
    if (quality === undefined) leftOut.push(variant)
    else planned.push({ variant, quality })
  }
  return { planned, leftOut }
}

function qualityWithin(
  source: SourceImage,
  variant: Variant,
  { quality, limits }: Pick<BoundedWishes, 'quality' | 'limits'>,
): Quality | undefined {
  const ways: readonly Quality[] = typeof quality === 'object' ? [quality, usualQuality(quality.target)] : [quality]
  return ways.find((way) => estimateVariant(source, variant, way).memory <= limits.memory)
}
