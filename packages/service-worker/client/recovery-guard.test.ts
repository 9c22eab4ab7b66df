import { expect, test } from 'vitest'
import { mayReloadFor, missingFile } from './recovery-guard.ts'

function memory(): Pick<Storage, 'getItem' | 'setItem'> {
  const items = new Map<string, string>()
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) }
}

test('reloads once for each file', () => {
  const storage = memory()
  expect(['/a.js', '/a.js', '/b.js', '/b.js'].map((url) => mayReloadFor(url, storage))).toEqual([
    true,
    false,
    true,
    false,
  ])
})

test('gives up after three reloads, whatever is missing', () => {
  const storage = memory()
  expect(['/a', '/b', '/c', '/d', '/e'].map((url) => mayReloadFor(url, storage))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
})

test('does not reload where it could not remember that it did', () => {
  const refusing = {
    getItem: () => null,
    setItem: () => {
      throw new DOMException('denied', 'SecurityError')
    },
  }
  expect(mayReloadFor('/a.js', undefined)).toBe(false)
  expect(mayReloadFor('/a.js', refusing)).toBe(false)
  expect(mayReloadFor('/a.js', { getItem: () => '{broken', setItem: () => {} })).toBe(false)
})

test.each([
  ['Failed to fetch dynamically imported module: https://x.example/assets/a-1.js', 'https://x.example/assets/a-1.js'],
  ['error loading dynamically imported module: https://x.example/a.js', 'https://x.example/a.js'],
  ['Unable to preload CSS for /assets/a-1.css', '/assets/a-1.css'],
  ['Importing a module script failed.', undefined],
])('finds the file in “%s”', (message, file) => {
  expect(missingFile(message)).toBe(file)
})
