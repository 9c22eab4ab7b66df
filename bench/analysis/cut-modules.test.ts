import { encode } from '@jridgewell/sourcemap-codec'
import { describe, expect, test } from 'vitest'
import { byteLength, rangesBySource, without } from './cut-modules.ts'

const code = '/*b*/aaa;ccé\ncc;ddd;aaa'
const map = {
  sources: ['a.js', 'c.js', null],
  mappings: encode([
    [
      [5, 0, 0, 0],
      [9, 1, 0, 0],
    ],
    [[3, 2, 0, 0], [5], [7, 0, 0, 0]],
  ]),
}

describe('rangesBySource', () => {
  const ranges = rangesBySource(code, map)

  test('gives text up to the next mapping to its source, across lines', () => {
    const texts = [...ranges].map(([source, own]) => [source, own.map(({ start, end }) => code.slice(start, end))])
    expect(Object.fromEntries(texts)).toEqual({ 'a.js': ['aaa;', 'aaa'], 'c.js': ['ccé\ncc;'] })
  })

  test('leaves what is before the first mapping or mapped to nothing to nobody', () => {
    const owned = [...ranges.values()].flat()
    expect(
      without(
        code,
        owned.toSorted((a, b) => a.start - b.start),
      ),
    ).toBe('/*b*/ddd;')
  })

  test('counts bytes, not characters', () => {
    expect(byteLength(code, ranges.get('c.js') ?? [])).toBe(Buffer.byteLength('ccé\ncc;'))
  })
})
