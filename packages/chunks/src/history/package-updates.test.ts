import { describe, expect, it } from 'vitest'
import { packageUpdates } from './package-updates.ts'

const APP = new Set(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
const times = (count: number, ...names: string[]): ReadonlySet<string>[] =>
  Array.from({ length: count }, () => new Set(names))

describe('packageUpdates', () => {
  it('gives the share of the updates that touch a package, where it is more than that of the others', () => {
    // (18 + 10 × 0.06) ÷ (30 + 10)
    expect(packageUpdates([...times(18, 'b'), ...times(4, 'a'), ...times(8, 'c', 'd')], APP)).toEqual({
      b: 0.5,
      c: 0.2,
      d: 0.2,
    })
  })

  it('believes a few updates little', () => {
    expect(packageUpdates(times(1, 'a'), APP)).toEqual({})
    expect(packageUpdates(times(4, 'a'), APP)).toEqual({ a: 0.3 })
  })

  it('passes over commits that touch none of the app’s packages, or a good part of them at once', () => {
    expect(packageUpdates([...times(50, 'other'), ...times(50, 'a', 'b', 'c'), ...times(50)], APP)).toEqual({})
    expect(packageUpdates([...times(50, 'other'), ...times(20, 'h', 'a')], APP)).toEqual({ a: 0.7, h: 0.7 })
  })

  it('has nothing to say about an app without packages', () => {
    expect(packageUpdates(times(5, 'a'), new Set())).toEqual({})
  })
})
