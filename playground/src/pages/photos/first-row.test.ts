import { describe, expect, test } from 'vitest'
import { firstRow } from './first-row.ts'

describe('firstRow', () => {
  test('takes the tiles that fit beside each other, with what lies between them', () => {
    expect(firstRow([1.5, 1.5, 1.5, 1.5], 315 * 3 + 14 * 2)).toEqual([315, 315, 315])
    expect(firstRow([1.5, 1.5, 1.5, 1.5], 315 * 3 + 14 * 2 - 1)).toHaveLength(2)
  })

  test('lets them grow to one height, as far as a tile may', () => {
    expect(firstRow([1, 2, 2], 3 * 250 + 14)).toEqual([250, 500])
    expect(firstRow([1, 3], 700)).toEqual([340])
  })

  test('counts a narrow tile with the least that it may have, and no more than it may', () => {
    expect(firstRow([0.6, 0.6, 0.6], 200 * 2 + 14)).toEqual([200, 200])
    expect(firstRow([0.5, 0.5, 0.5], 170 * 2 + 14)).toEqual([170, 170])
  })

  test('has one tile at least, and no more than there are, which do not grow', () => {
    expect(firstRow([1.5, 1.5], 300)).toEqual([300])
    expect(firstRow([1.5, 1.5], 5000)).toEqual([315, 315])
    expect(firstRow([], 1000)).toEqual([])
  })
})
