import { describe, expect, test } from 'vitest'
import { firstRow } from './first-row.ts'

describe('firstRow', () => {
  test('takes the tiles that fit beside each other, with what lies between them', () => {
    expect(firstRow([1.5, 1.5, 1.5, 1.5], 315 * 3 + 14 * 2)).toBe(3)
    expect(firstRow([1.5, 1.5, 1.5, 1.5], 315 * 3 + 14 * 2 - 1)).toBe(2)
  })

  test('counts a narrow tile with the least that it may have', () => {
    expect(firstRow([0.5, 0.5, 0.5], 200 * 2 + 14)).toBe(2)
  })

  test('has one tile at least, and no more than there are', () => {
    expect(firstRow([1.5, 1.5], 300)).toBe(1)
    expect(firstRow([1.5, 1.5], 5000)).toBe(2)
    expect(firstRow([], 1000)).toBe(0)
  })
})
