import { expect, test } from 'vitest'
import { readFileList, writeFileList, type FileList } from '../shared/file-list.ts'

const list: FileList = {
  precache: [
    {
      url: 'assets/cat-960-eiTOfn7T.avif',
      digest: 'aaaaaaaaaaa',
      bytes: 7284,
      isHashed: true,
      optional: true,
      group: '0',
      format: 'avif',
    },
    { url: 'assets/main-DcV50XDZ.js', digest: 'k7Sy_Layu-J', bytes: 41311, isHashed: true },
    { url: 'https://cdn.example/x/b-DcV50XDZ.js', digest: 'bbbbbbbbbbb', bytes: 0, isHashed: true },
    { url: 'index.html', digest: 'ccccccccccc', bytes: 8483, isHashed: false },
    { url: 'favicon%20x.svg', digest: 'ddddddddddd', bytes: 3, isHashed: false, optional: true },
  ],
  later: [
    { url: 'assets/cat-480-B8FxmGvL.webp', digest: 'eeeeeeeeeee', group: '0', format: 'webp' },
    { url: 'assets/lazy-B8FxmGvL.js', digest: 'fffffffffff' },
  ],
}

const byUrl = ({ precache, later }: FileList): FileList => ({
  precache: precache.toSorted((a, b) => (a.url < b.url ? -1 : 1)),
  later: later.toSorted((a, b) => (a.url < b.url ? -1 : 1)),
})

test('reads what was written', () => {
  expect(byUrl(readFileList(writeFileList(list)))).toEqual(byUrl(list))
})

test('names a folder once, and has the same text for the same files', () => {
  const text = writeFileList(list)
  expect(text.match(/assets/g)).toHaveLength(1)
  expect(writeFileList({ precache: list.precache.toReversed(), later: list.later.toReversed() })).toBe(text)
})

test('reads nothing from an empty list', () => {
  expect(readFileList('')).toEqual({ precache: [], later: [] })
})
