import { expect, test } from 'vitest'
import { formatBytes, formatChange, formatDuration, formatRelative } from './format.ts'

test('bytes are written in decimal units', () => {
  expect([0, 999, 1_000, 62_148_000, 250_000_000, 2.4e12].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '62.1 MB',
    '250 MB',
    '2.4 TB',
  ])
})

test('a change keeps its sign and is left out when there was nothing before', () => {
  expect(formatChange(112, 100)).toBe('+12.0 %')
  expect(formatChange(50, 100)).toBe('−50.0 %')
  expect(formatChange(5, 0)).toBe('')
})

test('a duration shows hours only when there are some', () => {
  expect([5, 185, 3_729].map(formatDuration)).toEqual(['0:05', '3:05', '1:02:09'])
})

test('a moment is told from now', () => {
  const now = Date.parse('2026-11-20T12:00:00Z')
  expect(formatRelative('2026-11-20T11:48:00Z', now)).toBe('12 minutes ago')
  expect(formatRelative('2026-11-24T12:00:00Z', now)).toBe('in 4 days')
})
