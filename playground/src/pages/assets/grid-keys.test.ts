import { expect, test } from 'vitest'
import { targetRow } from './grid-keys.ts'

test('keys move by a row, a page or to the end, and never out of the table', () => {
  expect(targetRow('ArrowDown', 0, 10_000, 12)).toBe(1)
  expect(targetRow('ArrowUp', 0, 10_000, 12)).toBe(0)
  expect(targetRow('PageDown', 9_995, 10_000, 12)).toBe(9_999)
  expect(targetRow('End', 3, 10_000, 12)).toBe(9_999)
  expect(targetRow('Home', 700, 10_000, 12)).toBe(0)
})

test('other keys are left to the browser', () => {
  expect(targetRow('Tab', 3, 10, 2)).toBeUndefined()
})
