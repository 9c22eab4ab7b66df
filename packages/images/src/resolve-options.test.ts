import { errorCodes } from '@paceline/kit'
import { describe, expect, test } from 'vitest'
import type { ImagesOptions } from './options.ts'
import { resolveImagesOptions } from './resolve-options.ts'

const message = (options: unknown): string => {
  try {
    resolveImagesOptions(options as ImagesOptions)
    return 'accepted'
  } catch (error) {
    return `${errorCodes(error).join()} ${String(error)}`
  }
}

describe('resolveImagesOptions', () => {
  test('has a default for everything, also where undefined is written', () => {
    const defaults = resolveImagesOptions(undefined)
    expect(defaults).toEqual({
      formats: ['avif', 'webp'],
      widths: [480, 960, 1600],
      quality: { target: 80 },
      fallback: true,
      placeholder: 'thumbhash',
      svg: true,
      include: ['**/*'],
      exclude: [],
      onError: 'error',
      limits: { pixels: 64e6, bytes: 64e6, memory: 512e6 },
    })
    const empty = Object.fromEntries(Object.keys(defaults).map((key) => [key, undefined]))
    expect(resolveImagesOptions(empty)).toEqual(defaults)
  })

  test('sorts what has an order of its own, and leaves the caller’s object alone', () => {
    const options = Object.freeze({
      formats: Object.freeze(['webp', 'avif'] as const),
      widths: Object.freeze([960, 480, 960]),
    })
    const { formats, widths } = resolveImagesOptions(options)
    expect({ formats, widths }).toEqual({ formats: ['avif', 'webp'], widths: [480, 960] })
  })

  test('reads sizes as people write them', () => {
    expect(resolveImagesOptions({ limits: { bytes: '20 MB', memory: '1 GB' } }).limits).toEqual({
      pixels: 64e6,
      bytes: 20e6,
      memory: 1e9,
    })
  })

  test.each([
    [{ format: ['avif'] }, 'Did you mean `formats`?'],
    [{ formats: ['jxl'] }, '`images.formats.0`'],
    [{ formats: [] }, '`images.formats` names no format'],
    [{ widths: [0] }, '`images.widths.0` must be a whole number of pixels; received 0'],
    [{ quality: 0 }, '`images.quality` must be from 1 to 100'],
    [{ quality: { target: 101 } }, '`images.quality.target` must be from 1 to 100'],
    [{ quality: { goal: 80 } }, '`images.quality.goal`'],
    [{ placeholder: true }, '`images.placeholder`'],
    [{ onError: 'ignore' }, '`images.onError`'],
    [{ limits: { memory: 'much' } }, '`images.limits.memory` is not a size'],
  ])('names what is wrong with %o', (options, expected) => {
    expect(message(options)).toContain(expected)
  })
})
