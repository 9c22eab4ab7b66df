import { expect, it, test } from 'vitest'
import { bySpecificity, matchesPattern } from './path-pattern.ts'

test.each([
  ['/', '/', true],
  ['/', '/a', false],
  ['/notes/:noteId', '/notes/7', true],
  ['/notes/:noteId', '/notes/7/', true],
  ['/notes/:noteId', '/notes', false],
  ['/notes/:noteId', '/notes/7/edit', false],
  ['/notes/:noteId?', '/notes', true],
  ['/files/*', '/files/a/b.c', true],
  ['/files/*', '/files', true],
  ['/files/*', '/filesystem', false],
  ['/a.b', '/axb', false],
  ['/a.b(c)', '/a.b(c)', true],
  ['/about/', '/about', true],
  ['/*', '/anything/at/all', true],
])('%s takes %s: %s', (pattern, path, expected) => {
  expect(matchesPattern(pattern, path)).toBe(expected)
})

it('puts what is written out before what is open', () => {
  const sorted = ['/*', '/:page', '/notes/*', '/notes/:id', '/', '/notes/new', '/notes/:id/edit', '/notes'].sort(
    bySpecificity,
  )
  const first = (path: string): string | undefined => sorted.find((pattern) => matchesPattern(pattern, path))
  expect(first('/notes/new')).toBe('/notes/new')
  expect(first('/notes/7')).toBe('/notes/:id')
  expect(first('/notes/7/edit')).toBe('/notes/:id/edit')
  expect(first('/notes/7/8/9')).toBe('/notes/*')
  expect(first('/notes')).toBe('/notes')
  expect(first('/')).toBe('/')
  expect(first('/x')).toBe('/:page')
  expect(first('/x/y')).toBe('/*')
})
