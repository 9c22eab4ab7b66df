import { expect, test } from 'vitest'
import { readViteSizes } from './vite-sizes.ts'

test('sizes are read through colours, with thousands, below any folder', () => {
  const output = [
    'vite v8.3.8 building client environment for production...',
    '\u001B[2m../out/dist/\u001B[22m\u001B[36massets/index-a_-b.js  \u001B[39m\u001B[1m1,234.50 kB\u001B[22m │ gzip: 1,040.55 kB',
    'dist/assets/a.css      0.31 kB │ gzip:  0.21 kB │ map: 1.00 kB',
    'dist/index.html        0.31 kB │ gzip:  0.21 kB',
  ].join('\n')
  expect([...readViteSizes(output)].map(([file, { gzip }]) => [file, gzip])).toEqual([
    ['assets/index-a_-b.js', 1_040_550],
    ['assets/a.css', 210],
  ])
})

test('output without sizes is an error', () => {
  expect(() => readViteSizes('built in 1 s')).toThrow(/printed no sizes/)
})
