import { expect, test } from 'vitest'
import { conflicts } from './shortcut-conflicts.ts'

const shortcuts = [
  { id: 'a', label: 'A', keys: 'g a', to: '/a' },
  { id: 'b', label: 'B', keys: 'g b', to: '/b' },
]

test('shortcuts as they come do not clash', () => {
  expect(conflicts(shortcuts, {})).toEqual(new Set())
})

test('both sides of a clash are named, and so is a shortcut without keys', () => {
  expect(conflicts(shortcuts, { a: 'g b' })).toEqual(new Set(['a', 'b']))
  expect(conflicts(shortcuts, { a: ' ' })).toEqual(new Set(['a']))
})
