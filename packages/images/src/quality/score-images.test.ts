import { describe, expect, test } from 'vitest'
import type { Pixels } from './pixels.ts'
import { prepareReference, scoreAgainst, scoreImages } from './score-images.ts'
import { DISTORTIONS, withAlpha } from './testing/distortions.ts'
import { PHOTOGRAPHS, photograph } from './testing/photograph.ts'
import { REFERENCE_SCORES, type ReferenceScore } from './testing/reference-scores.ts'

/** In even areas the noise of the reference's rounding costs it some tenths near 90; it never gives more. */
const ROUNDING = { least: -0.01, most: 0.9 }

describe('scoreImages()', () => {
  test.each(PHOTOGRAPHS)('scores damage to %s as the reference implementation does', async (name) => {
    const reference = await photograph(name)
    expectScores(reference, REFERENCE_SCORES[name])
  })

  test('scores a translucent picture as the reference implementation does', async () => {
    expectScores(withAlpha(await photograph('notebooks')), REFERENCE_SCORES.translucent)
  })

  test('gives an unchanged picture 100', async () => {
    const reference = await photograph()
    expect(scoreImages(reference, reference)).toBe(100)
  })

  test.each([1, 2, 3, 4] as const)('takes pictures of %d channels', async (channels) => {
    const [reference, candidate] = [64, 70].map((code): Pixels => ({
      data: new Uint8Array(130 * 140 * channels).fill(code),
      width: 130,
      height: 140,
      channels,
    }))
    const score = scoreImages(reference!, candidate!)
    expect(score).toBeGreaterThan(50)
    expect(score).toBeLessThan(100)
  })

  test('gives grey pixels the same score as the same grey in RGB', async () => {
    const { data, width, height } = await photograph('mountains')
    const grey = data.filter((_, at) => at % 3 === 0)
    const picture = (codes: Uint8Array): Pixels => ({ data: codes, width, height, channels: 1 })
    const inRgb = (codes: Uint8Array): Pixels => ({
      data: Uint8Array.from({ length: codes.length * 3 }, (_, at) => codes[Math.floor(at / 3)] as number),
      width,
      height,
      channels: 3,
    })
    const damaged = grey.map((code) => Math.round(code / 16) * 15)
    expect(scoreImages(picture(grey), picture(damaged))).toBe(scoreImages(inRgb(grey), inRgb(damaged)))
  })

  test.each([
    [1, 1],
    [7, 300],
    [64, 64],
    [129, 127],
  ])('takes a picture of %d × %d', (width, height) => {
    const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * 31) % 256)
    const reference: Pixels = { data, width, height, channels: 3 }
    expect(scoreImages(reference, reference)).toBe(100)
    expect(scoreImages(reference, { ...reference, data: data.map((code) => code ^ 8) })).toBeLessThan(100)
  })

  test('sees a change of transparency alone', async () => {
    const reference = withAlpha(await photograph())
    const data = reference.data.map((code, at) => (at % 4 === 3 ? Math.floor(code / 2) : code))
    expect(scoreImages(reference, { ...reference, data })).toBeLessThan(60)
  })

  test('looks at a candidate that became translucent on both backgrounds', async () => {
    const { width, height } = await photograph()
    const flat = (code: number, alpha: number): Pixels => ({
      data: new Uint8Array(width * height * 4).map((_, at) => (at % 4 === 3 ? alpha : code)),
      width,
      height,
      channels: 4,
    })
    expect(scoreImages(flat(26, 255), flat(26, 60))).toBeLessThan(50)
    expect(scoreImages(flat(230, 255), flat(230, 60))).toBeLessThan(50)
  })

  test('gives the same score with the reference prepared once', async () => {
    const reference = await photograph('laptop')
    const prepared = prepareReference(reference)
    const candidate = DISTORTIONS['softer']!(reference)
    expect(scoreAgainst(prepared, candidate)).toBe(scoreImages(reference, candidate))
    expect(scoreAgainst(prepared, candidate)).toBe(scoreImages(reference, candidate))
  })

  test('names both sizes when they differ', async () => {
    const reference = await photograph('laptop')
    const candidate = await photograph('laptop', 300)
    expect(() => scoreImages(reference, candidate)).toThrow(
      'must have the size of its reference, 400 × 284; received 300',
    )
  })
})

function expectScores(reference: Pixels, scores: Readonly<Record<string, ReferenceScore>>): void {
  expect(Object.keys(scores)).toEqual(Object.keys(DISTORTIONS))
  const differences = Object.entries(scores).map(([name, { program, exact }]) => {
    const own = scoreImages(reference, DISTORTIONS[name]!(reference))
    return { name, fromExact: Math.abs(own - exact), fromProgram: own - program }
  })
  expect(differences.filter(({ fromExact }) => fromExact > 0.02)).toEqual([])
  expect(differences.filter(({ fromProgram }) => fromProgram < ROUNDING.least || fromProgram > ROUNDING.most)).toEqual(
    [],
  )
}
