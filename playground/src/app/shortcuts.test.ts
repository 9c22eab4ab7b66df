import { expect, test, vi } from 'vitest'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} })
const { matchShortcut, SHORTCUTS } = await import('./shortcuts.ts')

const standard = { enabled: true, keys: {} }

test('two keys one after the other lead to their page', () => {
  expect(matchShortcut('g', 'd', standard)?.to).toBe('/dashboard')
  expect(matchShortcut('x', 'd', standard)).toBeUndefined()
  expect(matchShortcut('', '/', standard)?.to).toBe('/search')
})

test('keys that the user chose replace the standard ones', () => {
  const own = { enabled: true, keys: { dashboard: 'h' } }
  expect(matchShortcut('', 'h', own)?.id).toBe('dashboard')
  expect(matchShortcut('g', 'd', own)).toBeUndefined()
})

test('nothing matches when shortcuts are off', () => {
  expect(matchShortcut('g', 'd', { enabled: false, keys: {} })).toBeUndefined()
})

test('no two shortcuts share their keys', () => {
  expect(new Set(SHORTCUTS.map((shortcut) => shortcut.keys)).size).toBe(SHORTCUTS.length)
})
