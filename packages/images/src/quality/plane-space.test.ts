import { describe, expect, test } from 'vitest'
import { PlaneSpace } from './plane-space.ts'
import { releasePixels, type Pixels } from './pixels.ts'
import { prepareReference, scoreAgainst, scoreImages } from './score-images.ts'
import { DISTORTIONS, withAlpha } from './testing/distortions.ts'
import { photograph } from './testing/photograph.ts'

const softer = (pixels: Pixels): Pixels => DISTORTIONS['softer']!(pixels)

describe('PlaneSpace', () => {
  test('gives the same scores when pictures of other sizes were in it before', async () => {
    const [kept, scratch] = [new PlaneSpace(), new PlaneSpace()]
    for (const picture of [
      await photograph('laptop', 400),
      await photograph('notebooks', 231),
      withAlpha(await photograph('mountains', 317)),
    ]) {
      const prepared = prepareReference(picture, kept, scratch)
      for (const damaged of [softer(picture), picture])
        expect(scoreAgainst(prepared, damaged, scratch)).toBe(scoreImages(picture, damaged))
    }
  })

  test.each([
    [1, 1],
    [129, 1001],
    [500, 333],
    // A large one, of which less is kept.
    [2000, 1501],
  ])('has room for all planes of a picture of %i × %i', (width, height) => {
    const [kept, scratch] = [new PlaneSpace(), new PlaneSpace()]
    const picture: Pixels = { data: new Uint8Array(width * height * 3), width, height, channels: 3 }
    scoreAgainst(prepareReference(picture, kept, scratch), picture, scratch)
    expect([kept.isEnough, scratch.isEnough]).toEqual([true, true])
  })

  test('gives more than was said, and says so', () => {
    const space = new PlaneSpace()
    space.begin(10)
    expect([space.take(20).length, space.isEnough]).toEqual([20, false])
  })
})

describe('releasePixels()', () => {
  test('gives memory back at once, and leaves alone what others look into', () => {
    const data = new Uint8Array(30)
    const shared = data.subarray(0, 15)
    releasePixels({ data: shared, width: 5, height: 1, channels: 3 })
    expect(shared.byteLength).toBe(15)
    releasePixels({ data, width: 10, height: 1, channels: 3 })
    expect(data.byteLength).toBe(0)
  })
})
