import { describe, expect, test } from 'vitest'
import { estimateVariant } from './estimate-variant.ts'
import type { VariantFormat } from './image-format.ts'
import { photoSource } from './testing/photo-source.ts'

const photo = photoSource(6000, 4000)

/** What the process grew by at its peak, in MB, and its CPU in ms, for a file of a photograph of 24 megapixels: each in a process of its own. */
const MEASURED: readonly (readonly [
  VariantFormat,
  width: number,
  fixed: readonly [number, number],
  searched: readonly [number, number],
])[] = [
  ['avif', 480, [11, 190], [15, 1164]],
  ['avif', 960, [33, 604], [52, 1666]],
  ['avif', 1600, [77, 1461], [144, 5837]],
  ['avif', 3000, [166, 2909], [310, 11776]],
  ['webp', 480, [5, 41], [9, 160]],
  ['webp', 960, [11, 74], [42, 486]],
  ['webp', 1600, [25, 195], [107, 1315]],
  ['webp', 3000, [65, 443], [231, 3892]],
  ['jpeg', 480, [5, 43], [5, 230]],
  ['jpeg', 960, [18, 94], [59, 420]],
  ['jpeg', 1600, [27, 145], [149, 1258]],
  ['jpeg', 3000, [70, 364], [190, 3240]],
]

describe.each(MEASURED)('estimateVariant of %s, %i px', (format, width, fixed, searched) => {
  const variant = { format, width, height: (width * 2) / 3 }

  test.each([
    ['a fixed quality', 60, fixed],
    ['a score', { target: 80 }, searched],
  ] as const)('is near what was measured for %s', (_, quality, [memory, cost]) => {
    const estimate = estimateVariant(photo, variant, quality)
    // A small job may be guessed too large by the base that every pipeline has.
    expect(estimate.memory / 1e6).toBeGreaterThan(memory * 0.6)
    expect(estimate.memory / 1e6).toBeLessThan(memory * 2 + 10)
    expect(estimate.cost).toBeGreaterThan(cost * 0.4)
    expect(estimate.cost).toBeLessThan(cost * 2.5 + 200)
  })
})

test.each([
  ['a progressive JPEG', { isInterlaced: true }, 98],
  ['a PNG', { format: 'png' }, 56],
  ['an AVIF', { format: 'avif', width: 4000, height: 2667 }, 205],
] as const)('counts what reading %s takes', (_, changed, measured) => {
  const { memory } = estimateVariant({ ...photo, ...changed }, { format: 'webp', width: 1600, height: 1067 }, 80)
  expect(memory / 1e6).toBeGreaterThan(measured * 0.75)
  expect(memory / 1e6).toBeLessThan(measured * 1.5)
})

/** Growth of the peak in MB, as above, of a page of text and boxes. */
test.each([
  [1200, 800, 35.5],
  [2400, 1600, 113.7],
  [3600, 2400, 239.4],
])('counts what a drawing of %i × %i takes in WebP without loss', (width, height, measured) => {
  const drawing = { ...photoSource(width, height), format: 'png', isLossless: true } as const
  const { memory } = estimateVariant(drawing, { format: 'webp', width, height }, 80)
  expect(memory / 1e6).toBeGreaterThan(measured * 0.75)
  expect(memory / 1e6).toBeLessThan(measured * 1.5)
})
