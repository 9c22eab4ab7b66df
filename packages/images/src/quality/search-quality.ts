import { isLargePicture } from './large-picture.ts'
import {
  afterDrafts,
  draftTarget,
  nextQuality,
  type QualityTry,
  type SearchPlan,
  type TypicalCurve,
} from './next-quality.ts'
import { releasePixels, type Pixels } from './pixels.ts'
import { openScoreThread, type ScoreThread } from './score-threads.ts'

export interface QualitySearch {
  /** What the picture should look like: the pixels that are given to the encoder. */
  readonly reference: Pixels
  /** The same quality must give the same bytes. */
  readonly encode: (quality: number) => Promise<Uint8Array>
  /** Pixels of its own for every call: they are given back when they are scored. */
  readonly decode: (bytes: Uint8Array) => Promise<Pixels>
  /** The score to reach, see `scoreImages`. */
  readonly target: number
  /** The qualities to choose from, rising; without those that give the same bytes as another. */
  readonly steps: readonly number[]
  /** How the encoder's score usually goes with its quality. A wrong curve costs tries, never quality. */
  readonly typical: TypicalCurve
  /** A faster way to encode, to find out where to look. What it makes is never the result. */
  readonly draft?: Drafts | undefined
}

export interface Drafts {
  readonly encode: (quality: number) => Promise<Uint8Array>
  /** How far encodes usually are from 100, as a share of a draft's distance at the same quality. */
  readonly share: number
}

export interface QualityFound {
  readonly quality: number
  /** Of exactly these bytes. */
  readonly score: number
  readonly bytes: Uint8Array
  /** Encodes it took, without drafts. */
  readonly tries: number
  /** Whether the score is at least the target. If not, this is the highest quality there is. */
  readonly reached: boolean
}

/** The lowest quality whose score reaches the target, in about three encodes where bisection takes six. */
export async function searchQuality(search: QualitySearch): Promise<QualityFound> {
  const thread = openScoreThread(search.reference)
  try {
    // Else the first encoder would be at work at the same time.
    if (isLargePicture(search.reference)) await thread.prepare()
    return await searchWith(search, thread)
  } finally {
    thread.end()
  }
}

/** Two drafts tell as much as more: what is left is the difference between a draft and an encode. */
const MOST_DRAFTS = 2

async function searchWith(search: QualitySearch, thread: ScoreThread): Promise<QualityFound> {
  const { encode, decode, target } = search
  const score = async (bytes: Uint8Array): Promise<number> => {
    const pixels = await decode(bytes)
    const result = await thread.score(pixels)
    releasePixels(pixels)
    return result
  }
  const plan = await planAfterDrafts(search, score)
  const tries: QualityTry[] = []
  let best: QualityFound | undefined
  let quality = nextQuality(plan, tries)
  while (quality !== undefined) {
    const bytes = await encode(quality)
    const made = { quality, score: await score(bytes) }
    tries.push(made)
    const found = { ...made, bytes, tries: tries.length, reached: made.score >= target }
    if (best === undefined || isBetter(found, best)) best = found
    quality = nextQuality(plan, tries)
  }
  if (best === undefined) throw new RangeError('`steps` names no quality; received []. Name at least one.')
  return { ...best, tries: tries.length }
}

async function planAfterDrafts(
  search: QualitySearch,
  score: (bytes: Uint8Array) => Promise<number>,
): Promise<SearchPlan> {
  const { draft, target, steps, typical } = search
  if (draft === undefined) return search
  const plan: SearchPlan = { target: draftTarget(target, draft.share), steps, typical }
  const drafts: QualityTry[] = []
  let quality = nextQuality(plan, drafts)
  while (quality !== undefined && drafts.length < MOST_DRAFTS) {
    drafts.push({ quality, score: await score(await draft.encode(quality)) })
    quality = nextQuality(plan, drafts)
  }
  return afterDrafts(search, drafts, draft.share)
}

function isBetter(a: QualityFound, b: QualityFound): boolean {
  if (a.reached !== b.reached) return a.reached
  return a.reached ? a.quality < b.quality : a.quality > b.quality
}
