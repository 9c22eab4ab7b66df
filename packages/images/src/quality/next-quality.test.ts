import { describe, expect, test } from 'vitest'
import { afterDrafts, draftTarget, interpolate, nextQuality, type QualityTry, type SearchPlan } from './next-quality.ts'

const steps = Array.from({ length: 76 }, (_, at) => at + 20)
const typical = [
  [20, 10],
  [40, 45],
  [60, 68],
  [80, 82],
  [100, 95],
] as const

/** Runs a search over an encoder whose score at each quality is known. */
function run(scoreAt: (quality: number) => number, plan: Partial<SearchPlan> = {}): QualityTry[] {
  const search = { target: 75, steps, typical, ...plan }
  const tries: QualityTry[] = []
  for (let quality = nextQuality(search, tries); quality !== undefined; quality = nextQuality(search, tries)) {
    expect(tries.map((made) => made.quality)).not.toContain(quality)
    expect(search.steps).toContain(quality)
    tries.push({ quality, score: scoreAt(quality) })
  }
  return tries
}

const answerOf = (tries: readonly QualityTry[], target = 75): number =>
  Math.min(...tries.filter(({ score }) => score >= target).map(({ quality }) => quality))

const lowestPassing = (scoreAt: (quality: number) => number, target = 75): number =>
  steps.find((quality) => scoreAt(quality) >= target)!

describe('nextQuality()', () => {
  test('needs one encode for a photograph on the typical curve', () => {
    const tries = run((quality) => interpolate(typical, quality))
    expect(tries).toEqual([{ quality: 70, score: 75 }])
  })

  test.each([0.5, 0.7, 0.9, 1.1, 1.4, 2])(
    'finds the lowest passing step of a curve %d times as far from 100',
    (distance) => {
      const scoreAt = (quality: number): number => 100 - distance * (100 - interpolate(typical, quality))
      const tries = run(scoreAt)
      expect(answerOf(tries)).toBe(lowestPassing(scoreAt))
      expect(tries.length).toBeLessThanOrEqual(3)
    },
  )

  test('finds the lowest passing step of a curve of quite another shape', () => {
    const scoreAt = (quality: number): number => 100 * (quality / 100) ** 0.9
    const tries = run(scoreAt)
    expect(answerOf(tries)).toBe(lowestPassing(scoreAt))
    expect(tries.length).toBeLessThanOrEqual(5)
  })

  test('takes the lowest step when that passes already', () => {
    expect(answerOf(run(() => 99))).toBe(20)
  })

  test('ends at the highest step when none passes', () => {
    const tries = run((quality) => quality / 10)
    expect(tries.at(-1)?.quality).toBe(95)
    expect(tries.length).toBeLessThanOrEqual(3)
  })

  test('ends with a passing step when the scores wobble', () => {
    const scoreAt = (quality: number): number => 40 + quality / 2 + ((quality * 7919) % 5) - 2
    const tries = run(scoreAt)
    expect(scoreAt(answerOf(tries))).toBeGreaterThanOrEqual(75)
  })

  test('tries each of few steps at most once', () => {
    expect(run((quality) => quality, { steps: [30, 60, 90] }).map(({ quality }) => quality)).toContain(90)
  })
})

describe('afterDrafts()', () => {
  test('makes the first encode the right one where encodes are as far from drafts as usual', () => {
    const share = 0.9
    const encodeAt = (quality: number): number => 100 - 1.7 * (100 - interpolate(typical, quality))
    const draftAt = (quality: number): number => 100 - (100 - encodeAt(quality)) / share
    const drafts = [{ quality: 70, score: draftAt(70) }]
    const plan = afterDrafts({ target: 75, steps, typical }, drafts, share)
    expect(nextQuality(plan, [])).toBe(lowestPassing(encodeAt))
  })

  test('looks for the draft that is as much worse as drafts are', () => {
    expect(draftTarget(80, 0.8)).toBe(75)
  })
})
