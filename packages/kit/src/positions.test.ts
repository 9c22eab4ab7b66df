import { expect, test } from 'vitest'
import { moduleAt } from './positions.ts'

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
