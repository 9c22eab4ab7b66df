import { describe, expect, it, test } from 'vitest'
import { comparablePath, isInside } from './paths.ts'

test.each([
  ['C:/app/src/a.ts', 'C:/app/src/a.ts'],
  [String.raw`C:\app\src\a.ts`, 'C:/app/src/a.ts'],
  [String.raw`c:\app/src\a.ts`, 'C:/app/src/a.ts'],
  ['d:/', 'D:/'],
  [String.raw`\\server\share\a.ts`, '//server/share/a.ts'],
  // One file of a name that Windows does not allow.
  [String.raw`/app/a\b.ts`, String.raw`/app/a\b.ts`],
  ['c:virtual', 'c:virtual'],
])('%s compares as %s', (path, expected) => {
  expect(comparablePath(path)).toBe(expected)
})

describe('a path', () => {
  it.each([
    [String.raw`C:\app\src\a.ts`, 'C:/app'],
    ['C:/app/src/a.ts', String.raw`C:\app`],
    [String.raw`c:\app\src\a.ts`, 'C:/app'],
    ['C:/a.ts', String.raw`C:\ `.trim()],
    [String.raw`\\server\share\app\a.ts`, '//server/share/app'],
    ['/app/a.ts', '/app/'],
    ['/a.ts', '/'],
  ])('%s lies in %s', (path, dir) => {
    expect(isInside(path, dir)).toBe(true)
  })

  it.each([
    [String.raw`C:\application\a.ts`, String.raw`C:\app`],
    [String.raw`D:\app\a.ts`, String.raw`C:\app`],
    [String.raw`C:\app`, String.raw`C:\app`],
    ['/App/a.ts', '/app'],
    ['/app/a.ts', ''],
  ])('%s does not lie in %j', (path, dir) => {
    expect(isInside(path, dir)).toBe(false)
  })
})
