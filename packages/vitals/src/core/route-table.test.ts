import { describe, expect, test } from 'vitest'
import { apiPattern, routeTable } from './route-table.ts'

const routeOf = (paths: readonly string[], path: string, base = '/'): string | undefined =>
  routeTable(paths, base).find(({ pattern }) => pattern.test(path))?.path

describe('routeTable', () => {
  const paths = ['*', '/notes/:id', '/', '/notes/new', '/files/*', '/notes', '/users/$userId/posts', '/help/:topic?']

  test.each([
    ['/', '/'],
    ['/notes', '/notes'],
    ['/notes/', '/notes'],
    ['/notes/new', '/notes/new'],
    ['/notes/zoe', '/notes/:id'],
    ['/notes/zoe/edit', '*'],
    ['/files/a/b.txt', '/files/*'],
    ['/users/1/posts', '/users/$userId/posts'],
    ['/help', '/help/:topic?'],
    ['/help/login', '/help/:topic?'],
    ['/nowhere', '*'],
  ])('%s is %s, in whatever order they are given', (path, route) => {
    expect(routeOf(paths, path)).toBe(route)
    expect(routeOf(paths.toReversed(), path)).toBe(route)
  })

  test('a path that no route has is unknown', () => {
    expect(routeOf(['/notes/:id'], '/notes')).toBeUndefined()
    expect(routeOf(['/a.b'], '/axb')).toBeUndefined()
  })

  test('paths begin where the app is mounted', () => {
    expect(routeOf(['/', '/notes'], '/app/notes', '/app/')).toBe('/notes')
    expect(routeOf(['/', '/notes'], '/app', '/app/')).toBe('/')
    expect(routeOf(['/notes'], '/notes', '/app/')).toBeUndefined()
  })
})

test('calls are told by their path, whatever their query, and those of other origins by both', () => {
  expect(apiPattern('/api/notes/:id').test('/api/notes/42?who=zoe')).toBe(true)
  expect(apiPattern('/api/notes/:id').test('/api/notes/42/tags')).toBe(false)
  const other = apiPattern('https://api.example.com/notes/*')
  expect(other.test('https://api.example.com/notes/1/2')).toBe(true)
  expect(other.test('https://evil.example.com/https://api.example.com/notes/1')).toBe(false)
  expect(other.test('/notes/1')).toBe(false)
})
