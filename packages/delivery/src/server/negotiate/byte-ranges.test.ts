import { describe, expect, it } from 'vitest'
import { parseRanges } from './byte-ranges.ts'

describe('parseRanges', () => {
  it.each([
    ['bytes=0-0', [{ start: 0, end: 0 }]],
    ['bytes=0-', [{ start: 0, end: 99 }]],
    ['bytes=-10', [{ start: 90, end: 99 }]],
    ['bytes=-1000', [{ start: 0, end: 99 }]],
    ['bytes=50-1000', [{ start: 50, end: 99 }]],
    [
      'bytes=90-99, 0-9',
      [
        { start: 90, end: 99 },
        { start: 0, end: 9 },
      ],
    ],
    ['Bytes = 1-2', [{ start: 1, end: 2 }]],
    ['bytes=0-9, 200-300', [{ start: 0, end: 9 }]],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=999999999999999-', 'unsatisfiable'],
    ['bytes=9-0', 'ignored'],
    ['bytes=0-50, 40-60', 'ignored'],
    ['bytes=', 'ignored'],
    ['bytes=a-b', 'ignored'],
    ['bytes=0-99999999999999999999', 'ignored'],
    ['items=0-1', 'ignored'],
    [`bytes=${'0-0,'.repeat(1000)}1-1`, 'ignored'],
  ])('reads %j', (value, expected) => {
    expect(parseRanges(value, 100)).toEqual(expected)
  })

  it('finds no part in an empty file', () => {
    expect(parseRanges('bytes=0-', 0)).toBe('unsatisfiable')
    expect(parseRanges('bytes=-5', 0)).toBe('unsatisfiable')
  })
})
