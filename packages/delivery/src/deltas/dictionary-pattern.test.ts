import { seeded } from '@paceline/testkit/seeded'
import { describe, expect, it } from 'vitest'
import { archivedFile } from '../testing/records.ts'
import { dictionaryHolders, dictionaryPattern, matchesStem } from './dictionary-pattern.ts'

describe('dictionaryPattern', () => {
  it('matches, in the URL patterns of the platform, the files of its stem and no others', () => {
    const next = seeded(6)
    const alphabet = ['a', 'B', '-', '_', '.', '(', ')', '{', '}', '+', '*', '?', ' ', 'é', '#', '\\', '$', '!']
    const word = (): string => Array.from({ length: 6 }, () => alphabet[Math.floor(next() * alphabet.length)]).join('')
    for (let round = 0; round < 300; round++) {
      const stem = { prefix: `assets/${word()}-`, suffix: `.js` }
      const other = { prefix: `assets/${word()}x-`, suffix: `.js` }
      const dictionary = `https://example.com/app/${urlPath(`${stem.prefix}AAAAAAAA.js`)}`
      for (const base of ['/app/', './', 'https://cdn.example.com/app/']) {
        const pattern = new URLPattern(dictionaryPattern(stem, base), dictionary)
        for (const { prefix } of [stem, other]) {
          const url = `https://example.com/app/${urlPath(`${prefix}B-_12345.js`)}`
          expect([dictionaryPattern(stem, base), url, pattern.test(url)]).toEqual([
            dictionaryPattern(stem, base),
            url,
            matchesStem(stem, `${prefix}B-_12345.js`),
          ])
        }
      }
    }
  })
})

/** As a page would write it. */
function urlPath(file: string): string {
  return encodeURI(file).replaceAll('#', '%23').replaceAll('?', '%3F')
}

describe('dictionaryHolders', () => {
  it('lets one file of a stem be the dictionary: the one that most routes load, then the largest', () => {
    const files = [
      archivedFile('assets/index-[AAAAAAAA].js', 'x'.repeat(10)),
      archivedFile('assets/index-[BBBBBBBB].js', 'x'.repeat(30)),
      archivedFile('assets/index-[CCCCCCCC].js', 'x'.repeat(20)),
      archivedFile('assets/page-[DDDDDDDD].js', 'x'),
      archivedFile('assets/photo-[EEEEEEEE].jpg', 'x'),
      archivedFile('assets/plain.js', 'x'),
      archivedFile('assets/a:b-[FFFFFFFF].js', 'x'),
    ]
    const byLoads = dictionaryHolders(files, (file) => (file.includes('AAAAAAAA') ? 3 : 0))
    expect([...byLoads].map(({ file }) => file)).toEqual(['assets/index-AAAAAAAA.js', 'assets/page-DDDDDDDD.js'])
    const bySize = dictionaryHolders(files, () => 0)
    expect([...bySize].map(({ file }) => file)).toEqual(['assets/index-BBBBBBBB.js', 'assets/page-DDDDDDDD.js'])
  })
})
