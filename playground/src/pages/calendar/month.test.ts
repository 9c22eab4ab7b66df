import { expect, test } from 'vitest'
import { monthName, shiftMonth, weeksOf } from './month.ts'

test('weeks begin on Monday and cover the whole month', () => {
  const weeks = weeksOf('2026-11')
  expect(weeks[0]![0]).toBe('2026-10-26')
  expect(weeks.at(-1)!.at(-1)).toBe('2026-12-06')
  expect(weeks.every((week) => week.length === 7)).toBe(true)
})

test('weeks begin on Sunday when the settings say so', () => {
  expect(weeksOf('2026-11', 'sunday')[0]![0]).toBe('2026-11-01')
})

test('February in a year that begins it on Monday has four weeks', () => {
  expect(weeksOf('2027-02')).toHaveLength(4)
})

test('months go on over the end of a year', () => {
  expect(shiftMonth('2026-11', 2)).toBe('2027-01')
  expect(shiftMonth('2026-01', -1)).toBe('2025-12')
  expect(monthName('2026-11')).toBe('November 2026')
})
