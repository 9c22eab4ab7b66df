import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { compressImage, nameFor } from './compress-image.ts'
import { fitInside } from './fit-inside.ts'
import { isAnimated } from './is-animated.ts'

describe('fitInside', () => {
  test.each([
    [{ width: 4000, height: 3000 }, 1600, Infinity, { width: 1600, height: 1200 }],
    [{ width: 3000, height: 4000 }, 1600, 1600, { width: 1200, height: 1600 }],
    [{ width: 800, height: 600 }, 1600, 1600, { width: 800, height: 600 }],
    [{ width: 10_000, height: 1 }, 100, 100, { width: 100, height: 1 }],
  ])('puts %o into %s × %s', (size, maxWidth, maxHeight, expected) => {
    expect(fitInside(size, maxWidth, maxHeight)).toEqual(expected)
  })
})

describe('nameFor', () => {
  test.each([
    ['IMG_1.HEIC', 'image/webp', 'IMG_1.webp'],
    ['photo.JPEG', 'image/jpeg', 'photo.JPEG'],
    ['a.b.png', 'image/jpeg', 'a.b.jpg'],
    ['no extension', 'image/png', 'no extension.png'],
    ['v1.final version', 'image/webp', 'v1.final version.webp'],
  ])('%s as %s is %s', (name, type, expected) => {
    expect(nameFor(name, type)).toBe(expected)
  })
})

describe('isAnimated', () => {
  const frame = (red: number) =>
    sharp({ create: { width: 8, height: 8, channels: 3, background: { r: red, g: 0, b: 0 } } })
  const still = frame(9)
  const moving = async (): Promise<Buffer> => {
    const frames = await Promise.all([frame(9), frame(90)].map((image) => image.png().toBuffer()))
    return sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer()
  }

  test('knows an animated WebP from one with transparency, and stills of all formats', async () => {
    expect(isAnimated(await moving())).toBe(true)
    expect(isAnimated(await still.clone().ensureAlpha(0.5).webp().toBuffer())).toBe(false)
    for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
      expect(isAnimated(await still.clone().toFormat(format).toBuffer())).toBe(false)
    }
  })

  test('takes every GIF for one', async () => {
    expect(isAnimated(await still.clone().gif().toBuffer())).toBe(true)
  })
})

describe('compressImage', () => {
  test('gives back what moves or is drawn, as it is', async () => {
    const gif = new File(['GIF89a…'], 'a.gif', { type: 'image/gif' })
    expect(await compressImage(gif)).toBe(gif)
    const svg = new File(['<svg/>'], 'a.svg', { type: 'image/svg+xml' })
    expect(await compressImage(svg)).toBe(svg)
  })

  test('names an option that is out of range', async () => {
    const file = new File(['x'], 'a.png', { type: 'image/png' })
    const error = await compressImage(file, { quality: 80 }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      code: 'PACELINE_UPLOAD_OPTIONS_INVALID',
      message: expect.stringContaining('`quality`'),
    })
  })

  test('gives up before it begins when its signal says so', async () => {
    const file = new File(['x'], 'a.png', { type: 'image/png' })
    await expect(compressImage(file, { signal: AbortSignal.abort(new Error('left the page')) })).rejects.toThrow(
      'left the page',
    )
  })
})
