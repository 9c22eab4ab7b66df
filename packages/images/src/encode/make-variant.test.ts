import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { encodeLossy } from './encode-lossy.ts'
import { openImage } from './open-image.ts'
import { makeVariant } from './make-variant.ts'
import type { Variant } from './plan-variants.ts'
import type { SourceImage } from './source-image.ts'
import {
  animation,
  displayP3,
  exifOrientation,
  imageOf,
  meanDifference,
  photograph,
  pngChunk,
  probe,
  storedAs,
  tagged,
  withChunks,
  withProfile,
  type Plain,
} from './testing/pictures.ts'

const FORMATS = ['avif', 'webp', 'jpeg', 'png'] as const

/** Mean difference of a channel, of 255, at quality 90 on pictures of 96 × 64: what is stated in the documentation. */
const TOLERANCE = { avif: 2.5, webp: 2.5, jpeg: 2.5, png: 0.01 } as const

const whole = (source: SourceImage, format: Variant['format']): Variant => ({
  format,
  width: source.width,
  height: source.height,
})

const upright = photograph(96, 64)

describe.each(FORMATS)('makeVariant as %s', (format) => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('turns a photograph with EXIF orientation %i upright', async (orientation) => {
    const png = await imageOf(storedAs(upright, orientation)).png().toBuffer()
    const source = await probe(withChunks(png, pngChunk('eXIf', exifOrientation(orientation))))
    expect([source.width, source.height, source.orientation]).toEqual([96, 64, orientation])
    const { bytes, width, height } = await makeVariant(source, whole(source, format), 92)
    expect([width, height]).toEqual([96, 64])
    expect(await meanDifference(bytes, upright)).toBeLessThan(TOLERANCE[format])
    expect((await sharp(bytes).metadata()).orientation ?? 1).toBe(1)
  })

  test('keeps grey grey', async () => {
    const grey = new Uint8Array(96 * 64).map((_, at) => (at % 96) * 2)
    const jpeg = await sharp(grey, { raw: { width: 96, height: 64, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toBuffer()
    const source = await probe(jpeg)
    expect(source.isGrey).toBe(true)
    const { bytes } = await makeVariant(source, whole(source, format), 90)
    const expected: Plain = {
      width: 96,
      height: 64,
      channels: 3,
      data: new Uint8Array(96 * 64 * 3).map((_, at) => grey[Math.floor(at / 3)]!),
    }
    expect(await meanDifference(bytes, expected)).toBeLessThan(TOLERANCE[format])
    const { space } = await sharp(bytes).metadata()
    expect(space).toBe(format === 'jpeg' || format === 'png' ? 'b-w' : 'srgb')
  })

  test('takes 16 bits without a profile for sRGB', async () => {
    const source = await probe(await deep().png().toBuffer())
    expect(source.depth).toBe(16)
    const { bytes } = await makeVariant(source, whole(source, format), 95)
    expect(await meanDifference(bytes, deepExpected)).toBeLessThan(TOLERANCE[format] + 0.5)
    expect((await sharp(bytes).metadata()).bitsPerSample ?? 8).toBe(format === 'avif' ? 10 : 8)
  })

  test('reads 16 bits with a profile of sRGB as the same colours', async () => {
    const srgb = (await sharp(await imageOf(upright).withIccProfile('srgb').png().toBuffer()).metadata()).icc!
    const source = await probe(withProfile(await deep().png().toBuffer(), srgb))
    expect([source.depth, source.colour]).toEqual([16, 'convert'])
    const { bytes } = await makeVariant(source, whole(source, format), 95)
    expect(await meanDifference(bytes, deepExpected)).toBeLessThan(TOLERANCE[format] + 1.5)
    expect((await sharp(bytes).metadata()).hasProfile).toBe(false)
  })

  test.each([8, 16])('keeps the values and the profile of Display P3 with %i bits', async (depth) => {
    const p3 = await displayP3()
    const image = depth === 16 ? deep() : imageOf(deepExpected)
    const source = await probe(withProfile(await image.png().toBuffer(), p3))
    expect([source.depth, source.colour]).toEqual([depth, 'keep'])
    const { bytes } = await makeVariant(source, whole(source, format), 95)
    expect(await meanDifference(bytes, deepExpected)).toBeLessThan(TOLERANCE[format] + 0.5)
    expect((await sharp(bytes).metadata()).icc?.equals(p3)).toBe(true)
  })

  test('converts CMYK to sRGB, without a profile', async () => {
    const print = await imageOf(upright)
      .toColourspace('cmyk')
      .withIccProfile('cmyk')
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .toBuffer()
    const source = await probe(print)
    expect([source.isCmyk, source.colour]).toEqual([true, 'convert'])
    const { bytes } = await makeVariant(source, whole(source, format), 95)
    // Print has fewer colours than a screen.
    expect(await meanDifference(bytes, upright)).toBeLessThan(14)
    const { space, hasProfile, channels } = await sharp(bytes).metadata()
    expect([space, hasProfile, channels]).toEqual(['srgb', false, 3])
  })

  test('leaves nothing of where and by whom it was taken', async () => {
    const source = await probe(await tagged())
    expect(source.hasMetadata).toBe(true)
    const { bytes } = await makeVariant(source, whole(source, format), 80)
    const { exif, xmp, iptc, comments } = await sharp(bytes).metadata()
    expect({ exif, xmp, iptc, comments }).toEqual({})
    for (const trace of ['SECRET', 'Exif', 'xpacket', 'GPS']) expect(Buffer.from(bytes).includes(trace)).toBe(false)
  })

  test('scales to the pixels of sharp’s own pipeline', async () => {
    const large = photograph(400, 267)
    const source = await probe(await imageOf(large).png().toBuffer())
    const expected = await imageOf(large).resize(150).raw().toBuffer({ resolveWithObject: true })
    const { bytes, height } = await makeVariant(source, { format, width: 150, height: 100 }, 95)
    expect(height).toBe(expected.info.height)
    const plain: Plain = { width: 150, height: 100, channels: 3, data: expected.data }
    // Height is told, not left to the ratio: 100 in place of 100.125 moves rows by less than a tenth of a pixel.
    expect(await meanDifference(bytes, plain)).toBeLessThan(TOLERANCE[format] + 0.1)
  })
})

describe.each(['avif', 'webp', 'png'] as const)('makeVariant of transparent pictures as %s', (format) => {
  test('keeps the transparency', async () => {
    const data = new Uint8Array(96 * 64 * 4)
    for (let at = 0; at < 96 * 64; at++)
      data.set([...upright.data.subarray(at * 3, at * 3 + 3), Math.round(255 * ((at % 96) / 95))], at * 4)
    const source = await probe(
      await sharp(data, { raw: { width: 96, height: 64, channels: 4 } })
        .png()
        .toBuffer(),
    )
    const { bytes } = await makeVariant(source, whole(source, format), 90)
    const decoded = await sharp(bytes).ensureAlpha().raw().toBuffer()
    const difference = [0, 0]
    for (let at = 0; at < data.length; at += 4) {
      const alpha = data[at + 3]!
      difference[0]! += Math.abs(decoded[at + 3]! - alpha)
      // A colour counts as much as it is seen.
      for (const band of [0, 1, 2])
        difference[1]! += (Math.abs(decoded[at + band]! - data[at + band]!) * alpha) / 255 / 3
    }
    expect(difference[0]! / (96 * 64)).toBeLessThan(format === 'png' ? 0.01 : 1.5)
    expect(difference[1]! / (96 * 64)).toBeLessThan(TOLERANCE[format])
  })
})

describe('makeVariant of animations', () => {
  test.each(['gif', 'webp'] as const)('keeps frames, times and repetitions of a %s', async (format) => {
    const { bytes, frames } = await animation(format)
    const source = await probe(bytes)
    expect(source.animation).toEqual({ frames: 3, delays: [100, 200, 300], loop: 2 })
    const made = await makeVariant(source, { format: 'webp', width: 60, height: 40 }, { target: 80 })
    const { pages, delay, loop } = await sharp(made.bytes).metadata()
    expect({ pages, delay, loop }).toEqual({ pages: 3, delay: [100, 200, 300], loop: 2 })
    for (const [page, frame] of frames.entries()) expect(await meanDifference(made.bytes, frame, page)).toBeLessThan(6)
  })

  test('scales every frame by itself', async () => {
    const source = await probe((await animation('gif')).bytes)
    const { bytes } = await makeVariant(source, { format: 'webp', width: 30, height: 20 }, 80)
    const { width, pageHeight, pages } = await sharp(bytes, { animated: true }).metadata()
    expect({ width, pageHeight, pages }).toEqual({ width: 30, pageHeight: 20, pages: 3 })
  })
})

test('writes a drawing without loss where that is smaller', async () => {
  const drawing = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><rect x="20" y="20" width="60" height="60" fill="#c00"/></svg>',
  )
  const source = await probe(await sharp(drawing).png().toBuffer())
  const { bytes, score, quality } = await makeVariant(source, { format: 'webp', width: 200, height: 100 }, 80)
  expect({ score, quality }).toEqual({ score: 100, quality: undefined })
  expect(await sharp(bytes).raw().toBuffer()).toEqual(await sharp(source.bytes).raw().toBuffer())
})

test('writes a PNG of few colours with a palette, to the pixel', async () => {
  const drawing = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><circle cx="90" cy="90" r="60" fill="#0a0" fill-opacity=".7"/></svg>',
  )
  const source = await probe(await sharp(drawing).png({ compressionLevel: 1 }).toBuffer())
  const { bytes } = await makeVariant(source, { format: 'png', width: 300, height: 200 }, 80)
  expect((await sharp(bytes).metadata()).isPalette).toBe(true)
  for (const background of ['#000', '#fff']) {
    const seen = (png: Uint8Array): Promise<Buffer> => sharp(png).flatten({ background }).raw().toBuffer()
    expect(await seen(bytes)).toEqual(await seen(source.bytes))
  }
})

test('writes a PNG of many colours without a palette', async () => {
  const ramps = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><linearGradient id="g"><stop stop-color="#100"/><stop offset="1" stop-color="#0f9"/></linearGradient><path d="M0 0h300v200z" fill="url(#g)"/></svg>',
  )
  const source = await probe(await sharp(ramps).png().toBuffer())
  const { bytes } = await makeVariant(source, { format: 'png', width: 300, height: 200 }, 80)
  expect((await sharp(bytes).metadata()).isPalette).toBe(false)
  expect(await sharp(bytes).raw().toBuffer()).toEqual(await sharp(source.bytes).raw().toBuffer())
})

test.each(['avif', 'webp', 'jpeg'] as const)(
  'finds a %s that reaches a score, measured on its final bytes',
  async (format) => {
    const source = await probe(await imageOf(photograph(300, 200)).jpeg({ quality: 95 }).toBuffer())
    const variant = { format, width: 240, height: 160 }
    const { score, quality, bytes } = await makeVariant(source, variant, { target: 75 })
    expect(score).toBeGreaterThanOrEqual(75)
    const again = await encodeLossy(openImage(source, variant, 'warning'), format, source, quality!)
    expect(Buffer.from(bytes).equals(again)).toBe(true)
  },
)

/** A ramp of more than 256 greens, and a saturated red. */
const deepValues = new Uint16Array(96 * 64 * 3).map(
  (_, at) => [65_535, ((Math.floor(at / 3) % 96) * 65_535) / 190, 2570][at % 3]!,
)
const deep = () => sharp(deepValues, { raw: { width: 96, height: 64, channels: 3 } }).toColourspace('rgb16')
const deepExpected: Plain = {
  width: 96,
  height: 64,
  channels: 3,
  data: new Uint8Array(deepValues.length).map((_, at) => deepValues[at]! >> 8),
}
