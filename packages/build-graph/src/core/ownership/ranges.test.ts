import { expect, test } from 'vitest'
import { toByteRanges } from './ranges.ts'

test('ranges over code units become ranges over UTF-8 bytes', () => {
  const text = 'aé世🌍z'
  const ranges = [
    { start: 0, end: 2, owner: 0 },
    { start: 2, end: 3, owner: 1 },
    { start: 3, end: 5, owner: 2 },
    { start: 5, end: 6, owner: 3 },
  ]
  const bytes = Buffer.from(text)
  const slices = toByteRanges(ranges, text, bytes.length).map(({ start, end }) => bytes.subarray(start, end).toString())
  expect(slices).toEqual(['aé', '世', '🌍', 'z'])
})
