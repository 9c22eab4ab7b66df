import { expect, test } from 'vitest'
import { ERROR_LINE, moduleAt, moduleAtError } from './positions.ts'

const positions = {
  schemaVersion: 1,
  release: '0123456789ab',
  modules: ['src/a.ts', 'src/b.ts'],
  files: { 'index-a1.js': { hash: '0'.repeat(16), ranges: [10, 0, 50, -1, 60, 1] } },
} as const

test.each([
  [9, undefined],
  [10, 'src/a.ts'],
  [49, 'src/a.ts'],
  [50, undefined],
  [60, 'src/b.ts'],
  [1e9, 'src/b.ts'],
])('character %i is of %s', (char, module) => {
  expect(moduleAt(positions, 'index-a1.js', char)).toBe(module)
})

test('a file that is not of the release has no modules', () => {
  expect(moduleAt(positions, 'constructor', 1)).toBeUndefined()
})

const place = (line: number, column: number): number => line * ERROR_LINE + column

test.each([
  [place(1, 11), 'src/a.ts'],
  [place(1, 51), undefined],
  [place(2, 1), 'src/a.ts'],
  [place(3, 6), 'src/b.ts'],
  [place(4, 1), undefined],
  [place(0, 0), undefined],
  [12, undefined],
])('the place of an error %i is of %s', (char, module) => {
  const file = { ...positions.files['index-a1.js'], lines: [40, 55] }
  expect(moduleAtError({ ...positions, files: { 'index-a1.js': file } }, 'index-a1.js', char)).toBe(module)
})

test('a file of one line says no lines', () => {
  expect(moduleAtError(positions, 'index-a1.js', place(1, 61))).toBe('src/b.ts')
  expect(moduleAtError(positions, 'index-a1.js', place(2, 1))).toBeUndefined()
  expect(moduleAtError(positions, 'constructor', place(1, 1))).toBeUndefined()
})
