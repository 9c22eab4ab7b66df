import { expect, test } from 'vitest'
import { splitAround } from './highlight.tsx'

test('every place of the term is a hit, as it is written in the text', () => {
  expect(splitAround('Fog and fog', 'FOG')).toEqual([
    { part: 'Fog', start: 0, hit: true },
    { part: ' and ', start: 3, hit: false },
    { part: 'fog', start: 8, hit: true },
  ])
})

test('a term is text, not a pattern', () => {
  const hits = splitAround('a.b (c)', '.b (').filter(({ hit }) => hit)
  expect(hits).toEqual([{ part: '.b (', start: 1, hit: true }])
})
