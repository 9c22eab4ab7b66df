import { describe, expect, test } from 'vitest'
import { redownloads } from './redownload.ts'
import { fakeReport } from './testing/fake-report.ts'

describe('redownloads', () => {
  const before = fakeReport(
    [
      ['index.html', 'h', 5],
      ['a-1.js', 'a', 100],
      ['b-1.js', 'b', 50],
    ],
    { '/': ['a-1.js'] },
  )

  test('counts new names of the route and a changed document', () => {
    const after = fakeReport(
      [
        ['index.html', 'i', 6],
        ['a-1.js', 'a', 100],
        ['c-1.js', 'c', 7],
      ],
      { '/': ['a-1.js', 'c-1.js'] },
    )
    expect(redownloads(before, after)).toEqual([{ id: '/', bytes: 13, document: 6, files: ['c-1.js'] }])
  })

  test('counts a file that only other routes had', () => {
    expect(redownloads(before, { ...before, routes: fakeReport([], { '/': ['b-1.js'] }).routes })[0]?.bytes).toBe(50)
  })

  test('leaves out routes that are new', () => {
    expect(redownloads(before, { ...before, routes: fakeReport([], { '/new': ['a-1.js'] }).routes })).toEqual([])
  })

  test('refuses a name that stayed when the bytes changed', () => {
    const after = fakeReport([['a-1.js', 'z', 100]], { '/': ['a-1.js'] })
    expect(() => redownloads(before, after)).toThrow(/`a-1.js` is in both releases/)
  })
})
