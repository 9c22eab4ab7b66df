import { expect, test } from 'vitest'
import { plainPath, readDocuments, writeDocuments } from '../shared/documents.ts'

test.each([
  ['terms.html', 'terms'],
  ['terms', 'terms'],
  ['old.htm', 'old'],
  ['docs/index.html', 'docs'],
  ['docs/', 'docs'],
  ['docs', 'docs'],
  ['docs/index-of-names.html', 'docs/index-of-names'],
  ['index.html', ''],
  ['', ''],
])('%s is the page of %j', (path, plain) => {
  expect(plainPath(path)).toBe(plain)
})

test('reads what was written, in 5 bytes for each page besides its path', () => {
  const text = writeDocuments([
    { url: 'terms.html', digest: 'aaaaaaaaaaa' },
    { url: 'index.html', digest: 'bbbbbbbbbbb' },
    { url: 'docs/index.html', digest: 'ccccccccccc' },
  ])
  expect(text).toBe(':bbbb docs:cccc terms:aaaa')
  expect(readDocuments(text!)).toEqual(
    new Map([
      ['', 'bbbb'],
      ['docs', 'cccc'],
      ['terms', 'aaaa'],
    ]),
  )
})

test('is nothing where there are none', () => {
  expect(writeDocuments([])).toBeUndefined()
  expect(readDocuments('')).toEqual(new Map())
})
