import { deflateSync } from 'node:zlib'
import { errorCodes } from '@paceline/kit'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { defaultImageLimits } from '../resolve-options.ts'
import { makeVariant } from './make-variant.ts'
import { probeImage } from './probe-image.ts'
import { animation, imageOf, photograph, pngChunk, probe, tagged, withChunks } from './testing/pictures.ts'

const picture = imageOf(photograph(300, 200))

async function codesOf(work: Promise<unknown>): Promise<string[]> {
  return errorCodes(await work.then(() => undefined).catch((error: unknown) => error))
}

describe('probeImage refuses', () => {
  test('an empty file', async () => {
    expect(await codesOf(probe(new Uint8Array()))).toEqual(['PACELINE_IMAGE_EMPTY'])
  })

  test('a PNG that is named as a JPEG, and says how to name it', async () => {
    const png = await picture.png().toBuffer()
    const error: unknown = await probe(png, 'src/photo.jpg').catch((reason: unknown) => reason)
    expect(errorCodes(error)).toEqual(['PACELINE_IMAGE_MISNAMED'])
    expect(String(error)).toContain('received PNG in a file named as JPEG. Rename it to end in `.png`')
  })

  test('a format that it cannot read, by its name', async () => {
    const tiff = await picture.tiff().toBuffer()
    await expect(probe(tiff, 'scan.tif')).rejects.toThrow('received TIFF')
    expect(await codesOf(probe(new TextEncoder().encode('hello'), 'a.png'))).toEqual(['PACELINE_IMAGE_UNSUPPORTED'])
  })

  test('a hundred megapixels, from the header alone', async () => {
    const header = Buffer.alloc(13)
    header.writeUInt32BE(10_000, 0)
    header.writeUInt32BE(10_000, 4)
    header.set([8, 2], 8)
    const signature = (await picture.png().toBuffer()).subarray(0, 8)
    const bomb = Buffer.concat([
      signature,
      pngChunk('IHDR', header),
      pngChunk('IDAT', deflateSync(Buffer.alloc(9))),
      pngChunk('IEND', Buffer.alloc(0)),
    ])
    const before = process.memoryUsage.rss()
    const error: unknown = await probe(bomb, 'huge.png').catch((reason: unknown) => reason)
    expect(errorCodes(error)).toEqual(['PACELINE_IMAGE_TOO_MANY_PIXELS'])
    expect(String(error)).toContain('received 10000 × 10000, 100 megapixels')
    expect(process.memoryUsage.rss() - before).toBeLessThan(50e6)
  })

  test('an animation whose frames are too many together', async () => {
    const { bytes } = await animation('gif')
    const limits = { ...defaultImageLimits, pixels: 60 * 40 * 2 }
    expect(await codesOf(probeImage({ file: 'a.gif' }, bytes, limits))).toEqual(['PACELINE_IMAGE_TOO_MANY_PIXELS'])
  })

  test('a picture that takes more memory to read than is allowed', async () => {
    const avif = await picture.avif({ effort: 0 }).toBuffer()
    const limits = { ...defaultImageLimits, memory: 1e6 }
    expect(await codesOf(probeImage({ file: 'a.avif' }, avif, limits))).toEqual(['PACELINE_IMAGE_MEMORY'])
  })

  test('a file over the limit of bytes, and names who uses it', async () => {
    const limits = { ...defaultImageLimits, bytes: 10 }
    const subject = { file: 'a.png', importer: 'src/App.tsx' }
    const error: unknown = await probeImage(subject, new Uint8Array(11), limits).catch((reason: unknown) => reason)
    expect(errorCodes(error)).toEqual(['PACELINE_IMAGE_TOO_MANY_BYTES'])
    expect(String(error)).toContain('`a.png` (used in `src/App.tsx`)')
  })
})

describe.each(['jpeg', 'png', 'webp', 'avif', 'gif'] as const)('a damaged %s', (format) => {
  const make = async (bytes: Uint8Array): Promise<unknown> => {
    const source = await probe(bytes)
    return makeVariant(source, { format: 'webp', width: 60, height: 40 }, 80)
  }

  test.each([0.02, 0.3, 0.7, 0.98])(
    'cut off at %d of its length is an error, at the latest when it is decoded',
    async (part) => {
      const bytes = await picture.clone().toFormat(format).toBuffer()
      const codes = await codesOf(make(bytes.subarray(0, Math.floor(bytes.length * part))))
      expect(codes).toContain('PACELINE_IMAGE_CORRUPT')
    },
  )

  test('with nothing but its first bytes right is an error', async () => {
    const bytes = await picture.clone().toFormat(format).toBuffer()
    const noise = Buffer.concat([bytes.subarray(0, 20), Buffer.alloc(2000, 0x5a)])
    expect(await codesOf(make(noise))).toContain('PACELINE_IMAGE_CORRUPT')
  })
})

test('an animated GIF that is cut off is an error, though its decoder takes it', async () => {
  const { bytes } = await animation('gif')
  expect(
    (await sharp(bytes.subarray(0, -40), { animated: true, failOn: 'warning' }).raw().toBuffer()).length,
  ).toBeGreaterThan(0)
  expect(await codesOf(probe(bytes.subarray(0, -40)))).toEqual(['PACELINE_IMAGE_CORRUPT'])
})

test('a JPEG with an unusual but harmless header is made all the same', async () => {
  const jpeg = await picture.jpeg().toBuffer()
  // Spectral selection of the scan: cameras of some makers leave it at zero (lovell/sharp#1578).
  const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]))
  const odd = Buffer.from(jpeg)
  odd[scan + 12] = 0
  await expect(sharp(odd, { failOn: 'warning' }).raw().toBuffer()).rejects.toThrow('Invalid SOS parameters')
  const { width } = await makeVariant(await probe(odd), { format: 'webp', width: 60, height: 40 }, 80)
  expect(width).toBe(60)
})

describe('probeImage keeps as they are', () => {
  test('an animated PNG, of which the decoder would leave one frame', async () => {
    const png = withChunks(await picture.png().toBuffer(), pngChunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0])))
    expect((await probe(png)).keptBecause).toContain('an animated PNG')
  })

  test('a PNG whose colours are told by code points that the decoder does not read', async () => {
    const png = await picture.png().toBuffer()
    const p3 = withChunks(png, pngChunk('cICP', Buffer.from([12, 13, 0, 1])))
    expect((await probe(p3)).keptBecause).toContain('12/13')
    const srgb = withChunks(png, pngChunk('cICP', Buffer.from([1, 13, 0, 1])))
    expect((await probe(srgb)).keptBecause).toBeUndefined()
  })
})

test('knows what sharp knows of a photograph, upright', async () => {
  const file = await tagged('jpeg', 6)
  const source = await probe(file, 'src/a.jpg')
  expect({ ...source, bytes: undefined }).toEqual({
    subject: { file: 'src/a.jpg' },
    bytes: undefined,
    size: file.byteLength,
    format: 'jpeg',
    width: 64,
    height: 96,
    hasAlpha: false,
    isGrey: false,
    isCmyk: false,
    isInterlaced: false,
    depth: 8,
    colour: 'convert',
    orientation: 6,
    hasMetadata: true,
    isLossless: false,
  })
})
