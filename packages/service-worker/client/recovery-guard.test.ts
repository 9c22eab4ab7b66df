import { expect, test } from 'vitest'
import { mayReload, missingFile, noteReload } from './recovery-guard.ts'

const HOUR = 3_600_000

function memory(before: string | null = null): Pick<Storage, 'getItem' | 'setItem'> {
  const items = new Map<string, string>()
  return { getItem: (key) => items.get(key) ?? before, setItem: (key, value) => void items.set(key, value) }
}

/** Reloads where it may. */
function reloads(storage: Pick<Storage, 'getItem' | 'setItem'>, now: number, file?: string): boolean {
  return mayReload(storage, now, file) && noteReload(storage, now, file)
}

test('reloads once for each file', () => {
  const storage = memory()
  expect(['/a.js', '/a.js', '/b.js', '/b.js'].map((file) => reloads(storage, 0, file))).toEqual([
    true,
    false,
    true,
    false,
  ])
})

test('a reload that was only thought of does not count', () => {
  const storage = memory()
  expect([1, 2, 3, 4].map(() => mayReload(storage, 0, '/a.js'))).toEqual([true, true, true, true])
})

test('gives up after three reloads, whatever is missing', () => {
  const storage = memory()
  expect(['/a', undefined, undefined, '/d', undefined].map((file) => reloads(storage, 0, file))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
})

test('a tab that is open for days reloads for its fourth release, too', () => {
  const storage = memory()
  for (const file of ['/a', '/b', '/c', '/d', '/e']) expect(reloads(storage, 5 * HOUR, file)).toBe(file < '/d')
  expect(reloads(storage, 6 * HOUR - 1, '/d')).toBe(false)
  expect(reloads(storage, 6 * HOUR, '/d')).toBe(true)
})

test('a clock that was set back makes nobody wait longer', () => {
  const storage = memory()
  for (const file of ['/a', '/b', '/c']) reloads(storage, 10 * HOUR, file)
  expect(reloads(storage, HOUR, '/d')).toBe(true)
})

test('does not reload where it could not remember that it did', () => {
  const refusing = {
    getItem: () => null,
    setItem: () => {
      throw new DOMException('denied', 'SecurityError')
    },
  }
  expect(mayReload(undefined, 0)).toBe(false)
  expect(noteReload(undefined, 0)).toBe(false)
  expect(noteReload(refusing, 0, '/a.js')).toBe(false)
  expect(mayReload(memory('{broken'), 0, '/a.js')).toBe(false)
})

test('what an earlier release of this has noted is no obstacle', () => {
  expect(mayReload(memory('["/a.js","/b.js","/c.js"]'), HOUR * 1000)).toBe(true)
})

test.each([
  ['Failed to fetch dynamically imported module: https://x.example/assets/a-1.js', 'https://x.example/assets/a-1.js'],
  ['error loading dynamically imported module: https://x.example/a.js', 'https://x.example/a.js'],
  ['Unable to preload CSS for /assets/a-1.css', '/assets/a-1.css'],
  ['Importing a module script failed.', undefined],
])('finds the file in “%s”', (message, file) => {
  expect(missingFile(message)).toBe(file)
})
