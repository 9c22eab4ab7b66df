/** What is known of one quality. */
export interface QualityTry {
  readonly quality: number
  readonly score: number
}

/** How an encoder's score goes with its quality over many photographs: points of a line, both rising. */
export type TypicalCurve = readonly (readonly [quality: number, score: number])[]

export interface SearchPlan {
  readonly target: number
  /** The qualities to choose from, rising; no two that give the same bytes. */
  readonly steps: readonly number[]
  readonly typical: TypicalCurve
}

/** Between two scores nearer than this, the line is drawn by the noise of the encoder rather than by its quality. */
const NOISE = 1.5

/**
 * The quality to try next, or nothing when the search is over: all below the lowest passing quality failed, or can be told to fail from
 * the tries around them.
 *
 * Photographs differ in how far their curves lie from the typical one, hardly in their shape. So one try tells the distance, and two
 * on both sides of the target give a line, drawn over the typical score in place of the quality: over that, curves are nearly straight.
 */
export function nextQuality(plan: SearchPlan, tries: readonly QualityTry[]): number | undefined {
  const { target, steps } = plan
  const bracket = bracketOf(target, tries)
  const { passing, failing } = bracket
  const open = steps.filter(
    (quality) => quality > (failing?.quality ?? -Infinity) && quality < (passing?.quality ?? Infinity),
  )
  const predict = predictorOf(plan, tries, bracket)
  // Where none of them is expected to pass, the search is over, unless nothing passed yet: then the highest is the last hope.
  return open.find((quality) => predict(quality) >= target) ?? (passing ? undefined : open.at(-1))
}

/**
 * The plan with a curve for one photograph in place of the typical one, learnt from drafts: encodes that take a fraction of the time and
 * look a little worse.
 *
 * @param share How far the encode itself will be from 100, as a share of the draft's distance.
 */
export function afterDrafts(plan: SearchPlan, drafts: readonly QualityTry[], share: number): SearchPlan {
  const target = draftTarget(plan.target, share)
  const predict = predictorOf({ ...plan, target }, drafts, bracketOf(target, drafts))
  return { ...plan, typical: plan.steps.map((quality) => [quality, 100 - share * (100 - predict(quality))] as const) }
}

/** The score of a draft whose encode will be on the target. */
export function draftTarget(target: number, share: number): number {
  return 100 - (100 - target) / share
}

/** The lowest passing try, and the highest failing one below it. */
interface Bracket {
  readonly passing: QualityTry | undefined
  readonly failing: QualityTry | undefined
}

function bracketOf(target: number, tries: readonly QualityTry[]): Bracket {
  const rising = tries.toSorted((a, b) => a.quality - b.quality)
  const passing = rising.find(({ score }) => score >= target)
  const failing = rising.findLast(({ quality }) => passing === undefined || quality < passing.quality)
  return { passing, failing }
}

/** What score a quality will have. */
function predictorOf(
  { target, typical }: SearchPlan,
  tries: readonly QualityTry[],
  { passing, failing }: Bracket,
): (quality: number) => number {
  const usual = (quality: number): number => interpolate(typical, quality)
  if (passing && failing && passing.score - failing.score > NOISE) {
    const start = usual(failing.quality)
    const slope = (passing.score - failing.score) / (usual(passing.quality) - start)
    return (quality) => failing.score + slope * (usual(quality) - start)
  }
  const [nearest] = tries.toSorted((a, b) => Math.abs(a.score - target) - Math.abs(b.score - target))
  if (nearest === undefined) return usual
  const distance = (100 - nearest.score) / (100 - usual(nearest.quality))
  return (quality) => 100 - distance * (100 - usual(quality))
}

/** The line through the points, continued past its ends. */
export function interpolate(points: TypicalCurve, x: number): number {
  const after = points.findIndex(([at]) => at >= x)
  const right = after === -1 ? points.length - 1 : Math.max(after, 1)
  const [x0, y0] = points[right - 1]!
  const [x1, y1] = points[right]!
  return y0 + ((x - x0) / (x1 - x0)) * (y1 - y0)
}
