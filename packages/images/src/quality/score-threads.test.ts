import { describe, expect, test } from 'vitest'
import { isLargePicture } from './large-picture.ts'
import type { Pixels } from './pixels.ts'
import { scoreImages } from './score-images.ts'
import { openScoreThread } from './score-threads.ts'
import { DISTORTIONS } from './testing/distortions.ts'
import { photograph } from './testing/photograph.ts'

describe('openScoreThread()', () => {
  test('gives the scores that this thread computes, of two searches at once', async () => {
    const references = [await photograph('laptop'), await photograph('notebooks')]
    const damages = [DISTORTIONS['softer']!, DISTORTIONS['bands 8']!]
    const scores = await Promise.all(
      references.map(async (reference) => {
        const thread = openScoreThread(reference)
        const both = await Promise.all(damages.map((damage) => thread.score(damage(reference))))
        thread.end()
        return both
      }),
    )
    expect(scores).toEqual(
      references.map((reference) => damages.map((damage) => scoreImages(reference, damage(reference)))),
    )
  })

  test('gives the scores of a large picture, whose planes are not kept between candidates', async () => {
    const [width, height] = [2000, 1501]
    expect(isLargePicture({ width, height })).toBe(true)
    const data = Uint8Array.from({ length: width * height }, (_, at) => ((at % width) + Math.floor(at / width)) >> 4)
    const reference: Pixels = { data, width, height, channels: 1 }
    const thread = openScoreThread(reference)
    const candidates = [8, 3].map((bits): Pixels => ({ ...reference, data: data.map((code) => code ^ bits) }))
    const scores = await Promise.all(candidates.map((candidate) => thread.score(candidate)))
    thread.end()
    expect(scores).toEqual(candidates.map((candidate) => scoreImages(reference, candidate)))
    expect(new Set(scores).size).toBe(2)
  })

  test('fails with the reason when the thread fails, and works again for the next search', async () => {
    const reference = await photograph()
    const failing = openScoreThread(reference)
    const beside = Array.from({ length: 32 }, () => openScoreThread(reference))
    await expect(failing.score(await photograph('laptop', 300))).rejects.toThrow('must have the size of its reference')
    const answers = await Promise.allSettled(beside.map((thread) => thread.score(reference)))
    expect(answers.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0)
    const next = openScoreThread(reference)
    expect(await next.score(reference)).toBe(100)
    next.end()
  })

  test('keeps this thread free', async () => {
    const reference = await photograph('notebooks', 640)
    const thread = openScoreThread(reference)
    await thread.score(reference)
    const before = performance.eventLoopUtilization()
    await Promise.all(Array.from({ length: 8 }, () => thread.score(reference)))
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5)
    thread.end()
  })
})
