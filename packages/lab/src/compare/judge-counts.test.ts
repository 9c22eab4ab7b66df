import { describe, expect, test } from 'vitest'
import { judgeCount } from './judge-counts.ts'

const tolerance = { relative: 0.02, absolute: 50 }
const status = (baseline: number[], candidate: number[]): string =>
  judgeCount('src/a.ts', baseline, candidate, tolerance).status

describe('judgeCount', () => {
  test('sees a twentieth more where visits agree', () => {
    expect(judgeCount('src/a.ts', [1000, 1000, 1000], [1060, 1060, 1060], tolerance)).toMatchObject({
      status: 'more',
      ratio: 1.06,
      noise: 0,
    })
    expect(status([1060, 1061, 1060], [1000, 1000, 1000])).toBe('less')
  })

  test('does not speak of what is within the tolerance, or too little', () => {
    expect(status([10_000, 10_000], [10_150, 10_150])).toBe('same')
    expect(status([10, 10], [55, 55])).toBe('same')
  })

  test('cannot tell where visits of one build differ as much as the builds', () => {
    expect(status([1000, 1100, 1000], [1060, 1160, 1100])).toBe('noisy')
    // Beyond all others, but by less than one build's own range.
    expect(status([1000, 1000, 1000], [1010, 1100, 1090])).toBe('noisy')
  })

  test('names what is new, and what is gone', () => {
    expect(judgeCount('src/new.ts', [0, 0], [900, 900], tolerance)).toMatchObject({ status: 'more', ratio: Infinity })
    expect(status([900, 900], [0, 0])).toBe('less')
  })
})
