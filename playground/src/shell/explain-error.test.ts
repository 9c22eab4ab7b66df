import { expect, test } from 'vitest'
import { explainError } from './explain-error.ts'

const MESSAGES = [
  'Failed to fetch dynamically imported module: https://lumen.example/assets/photos-page-abc.js',
  'error loading dynamically imported module: https://lumen.example/assets/photos-page-abc.js',
  'Importing a module script failed.',
  'Unable to preload CSS for /assets/photos-page-abc.css',
]

test('a chunk that did not arrive is recognised in every browser’s words', () => {
  const titles = MESSAGES.map((message) => explainError(new TypeError(message), true).title)
  expect(new Set(titles)).toEqual(new Set(['This page did not arrive.']))
})

test('offline, the connection is named as the reason', () => {
  expect(explainError(new TypeError(MESSAGES[0]), false).title).toBe('This page is not on this device yet.')
})

test('an error inside a page keeps its own words', () => {
  expect(explainError(new Error('Cannot read x'), true).text).toContain('Cannot read x')
})
