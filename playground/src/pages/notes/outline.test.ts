import { expect, test } from 'vitest'
import { countWords, outline } from './outline.ts'

test('headings are listed with their level and line', () => {
  expect(outline('# One\n\ntext\n## Two ##\n')).toEqual([
    { level: 1, text: 'One', line: 1 },
    { level: 2, text: 'Two', line: 4 },
  ])
})

test('a comment in a fenced block is no heading', () => {
  expect(outline('```sh\n# not me\n```\n# me')).toEqual([{ level: 1, text: 'me', line: 4 }])
})

test('words are counted in any script, without the marks between them', () => {
  expect(countWords('Don’t stop: 3 über-große *Bilder* — да')).toBe(6)
})
