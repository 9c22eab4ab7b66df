import { describe, expect, test } from 'vitest'
import { planVariants, widthsFor, type VariantWishes } from './plan-variants.ts'
import type { SourceImage } from './source-image.ts'
import { photoSource } from './testing/photo-source.ts'

const wishes: VariantWishes = { formats: ['avif', 'webp'], widths: [480, 960, 1600], fallback: true }
const photo = photoSource(1200, 800)

const planned = (source: SourceImage, changed: Partial<VariantWishes> = {}): string[] =>
  planVariants(source, { ...wishes, ...changed }).map(({ format, width, height }) => `${format} ${width}×${height}`)

describe('planVariants', () => {
  test('makes every format at every width, and the own width in place of wider ones', () => {
    expect(planned(photo)).toEqual(
      ['avif', 'webp', 'jpeg'].flatMap((format) => [`${format} 480×320`, `${format} 960×640`, `${format} 1200×800`]),
    )
  })

  test('makes an icon at its own width only', () => {
    expect(planned({ ...photo, format: 'png', width: 32, height: 32 })).toEqual([
      'avif 32×32',
      'webp 32×32',
      'png 32×32',
    ])
  })

  test.each([
    ['jpeg', false, 'jpeg'],
    ['png', false, 'png'],
    ['gif', false, 'png'],
    ['webp', false, 'jpeg'],
    ['webp', true, 'png'],
    ['avif', true, 'png'],
  ] as const)('falls back for %s (transparent: %s) to %s', (format, hasAlpha, expected) => {
    expect(planVariants({ ...photo, format, hasAlpha }, wishes).at(-1)!.format).toBe(expected)
  })

  test('makes an animation as WebP only', () => {
    const animation = { frames: 3, delays: [], loop: 0 }
    expect(planned({ ...photo, format: 'gif', animation })).toEqual(['webp 480×320', 'webp 960×640', 'webp 1200×800'])
    expect(planned({ ...photo, format: 'gif', animation }, { formats: ['avif'] })).toEqual([])
  })

  test('makes nothing of what is kept as it is', () => {
    expect(planned({ ...photo, keptBecause: 'it would lose something' })).toEqual([])
  })

  test('makes no fallback when none is wanted', () => {
    expect(planned(photo, { fallback: false, widths: [480] })).toEqual(['avif 480×320', 'webp 480×320'])
  })

  test('leaves out formats that cannot be as large', () => {
    const panorama = { ...photo, width: 20_000, height: 400 }
    expect(planned(panorama, { widths: [20_000] })).toEqual(['jpeg 20000×400'])
  })

  test('never makes a side of zero', () => {
    expect(planned({ ...photo, width: 3000, height: 1 }, { widths: [480], fallback: false })[0]).toBe('avif 480×1')
  })
})

describe('widthsFor', () => {
  test.each([
    [4000, [480, 960], [480, 960]],
    [960, [480, 960], [480, 960]],
    [700, [480, 960, 1600], [480, 700]],
    [700, [1600, 480, 480], [480, 700]],
  ])('a picture %i wide, wished %o, is made %o wide', (own, wished, expected) => {
    expect(widthsFor(own, wished)).toEqual(expected)
  })
})
