import { seeded } from '@paceline/testkit/seeded'
import { describe, expect, test } from 'vitest'
import { comparePlanes, referencePlane } from './plane-errors.ts'
import { PlaneSpace } from './plane-space.ts'

const [WIDTH, HEIGHT] = [61, 47] as const
const random = seeded(7)
const plane = (): Float32Array => Float32Array.from({ length: WIDTH * HEIGHT }, () => random())

describe('comparePlanes', () => {
  const [reference, candidate] = [plane(), plane()]

  test.each([
    [true, true],
    [true, false],
    [false, true],
  ])(
    'gives the same errors whether the blurs of the reference are kept or not (structure %s, edges %s)',
    (structure, edges) => {
      const wanted = { structure, edges }
      const [kept, anew] = [true, false].map((keepsBlurs) => {
        const space = new PlaneSpace()
        space.begin(4 * WIDTH * HEIGHT)
        const prepared = referencePlane(reference, WIDTH, HEIGHT, wanted, keepsBlurs, space)
        expect('blurs' in prepared).toBe(keepsBlurs)
        return comparePlanes(prepared, candidate, WIDTH, HEIGHT, wanted)
      })
      expect(anew).toEqual(kept)
      expect([kept!.structure.mean > 0, kept!.ringing.mean > 0]).toEqual([structure, edges])
    },
  )
})
