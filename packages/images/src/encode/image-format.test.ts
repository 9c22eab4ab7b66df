import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { formatOfName, imageFormats, sniffFormat } from './image-format.ts'

const pixel = { create: { width: 8, height: 8, channels: 3, background: '#369' } } as const

describe('sniffFormat', () => {
  test.each(['jpeg', 'png', 'webp', 'avif', 'gif'] as const)('knows a %s that sharp wrote', async (format) => {
    const bytes = await sharp(pixel).toFormat(format).toBuffer()
    expect(sniffFormat(bytes)).toBe(format)
    expect((await sharp(bytes).metadata()).mediaType).toBe(imageFormats[format].mediaType)
  })

  test.each([
    ['plain', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['behind a declaration, a comment and a doctype', '\uFEFF<?xml version="1.0"?><!-- a --><!DOCTYPE svg><svg/>'],
    ['with a prefix', '<s:svg xmlns:s="http://www.w3.org/2000/svg"/>'],
  ])('knows an SVG %s', (_, text) => {
    expect(sniffFormat(new TextEncoder().encode(text))).toBe('svg')
  })

  test('takes a page that holds an SVG for no image', () => {
    const page = new TextEncoder().encode('hello <svg></svg>')
    expect(sniffFormat(page)).toEqual({ unsupported: 'an unknown format' })
  })

  test('names what it cannot use', async () => {
    const tiff = await sharp(pixel).tiff().toBuffer()
    expect(sniffFormat(tiff)).toEqual({ unsupported: 'TIFF' })
    const heic = new TextEncoder().encode('\0\0\0\u0018ftypheic\0\0\0\0mif1heic')
    expect(sniffFormat(heic)).toEqual({ unsupported: 'HEIC' })
    expect(sniffFormat(new Uint8Array([0, 0, 1, 0, 1, 0]))).toEqual({ unsupported: 'ICO' })
  })
})

test('reads the promise of a name without its query, in any case', () => {
  expect(formatOfName('src/Photo.JPEG?picture')).toBe('jpeg')
  expect(formatOfName('photo.svg#icon')).toBe('svg')
  expect(formatOfName('photo')).toBeUndefined()
})
