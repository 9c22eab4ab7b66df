import sharp from 'sharp'
import type { Sharp } from 'sharp'
import { describe, expect, test } from 'vitest'
import { animation, displayP3, imageOf, photograph, probe, tagged, withProfile } from '../testing/pictures.ts'
import { cleanOriginal } from './clean-original.ts'

/** A photograph with a profile and a secret in its EXIF, to be encoded. */
async function secretsAndProfile(profile: Buffer): Promise<Sharp> {
  const png = withProfile(await imageOf(photograph(96, 64)).png().toBuffer(), profile)
  return sharp(png)
    .keepIccProfile()
    .withExif({ IFD0: { Copyright: 'SECRET' } })
}

describe.each(['jpeg', 'png', 'webp'] as const)('cleanOriginal of a %s', (format) => {
  const make = () => tagged(format, 6)

  test('takes out place and owner, and leaves every pixel and the orientation', async () => {
    const bytes = await make()
    expect(bytes.includes('SECRET')).toBe(true)
    const clean = cleanOriginal(await probe(bytes))!
    expect(Buffer.from(clean).includes('SECRET')).toBe(false)
    const { exif, xmp, orientation } = await sharp(clean).metadata()
    // What is left of EXIF says which way is up, in 26 bytes of TIFF behind an optional `Exif\0\0`.
    expect({ xmp, orientation, exif: exif!.toString('latin1').replace(/^Exif\0\0/, '').length }).toEqual({
      xmp: undefined,
      orientation: 6,
      exif: 26,
    })
    expect(await sharp(clean).raw().toBuffer()).toEqual(await sharp(bytes).raw().toBuffer())
  })

  test('leaves a profile', async () => {
    const p3 = await displayP3()
    const bytes = await (await secretsAndProfile(p3)).toFormat(format).toBuffer()
    const clean = cleanOriginal(await probe(bytes))!
    expect((await sharp(clean).metadata()).icc).toEqual(p3)
  })

  test('takes off what follows the picture', async () => {
    const bytes = Buffer.concat([await make(), Buffer.from('a film of the same moment, SECRET')])
    expect(Buffer.from(cleanOriginal(await probe(bytes))!).includes('film')).toBe(false)
  })

  test('gives nothing for a file that does not follow its format', async () => {
    const source = await probe(await make())
    expect(cleanOriginal({ ...source, bytes: source.bytes.subarray(0, source.bytes.length - 30) })).toBeUndefined()
  })
})

test('leaves a progressive JPEG of many scans as it decodes', async () => {
  const bytes = await imageOf(photograph(400, 300))
    .jpeg({ progressive: true, mozjpeg: true })
    .withExif({ IFD0: { Copyright: 'SECRET' } })
    .toBuffer()
  const clean = cleanOriginal(await probe(bytes))!
  expect(clean.length).toBeLessThan(bytes.length)
  expect(await sharp(clean).raw().toBuffer()).toEqual(await sharp(bytes).raw().toBuffer())
})

test('does not touch a JPEG that holds nothing private', async () => {
  const bytes = await imageOf(photograph(96, 64)).jpeg().toBuffer()
  expect(Buffer.from(cleanOriginal(await probe(bytes))!)).toEqual(bytes)
})

test('takes comments out of a GIF and leaves its frames and repetitions', async () => {
  const { bytes } = await animation('gif')
  const comment = Buffer.concat([Buffer.from([0x21, 0xfe, 6]), Buffer.from('SECRET'), Buffer.from([0])])
  const at = bytes.indexOf(Buffer.from([0x21, 0xff]))
  const clean = cleanOriginal(await probe(Buffer.concat([bytes.subarray(0, at), comment, bytes.subarray(at)])))!
  expect(Buffer.from(clean)).toEqual(bytes)
})

describe('cleanOriginal of an AVIF', () => {
  /** Where a box begins, by its type. */
  const indexOf = (bytes: Buffer, type: string): number => bytes.indexOf(type) - 4

  test('writes over place and owner, and leaves every offset and every pixel', async () => {
    const bytes = await tagged('avif')
    const { exif: before } = await sharp(bytes).metadata()
    expect(before!.includes('SECRET owner')).toBe(true)
    const clean = Buffer.from(cleanOriginal(await probe(bytes))!)
    expect(clean.includes('SECRET')).toBe(false)
    expect(clean.subarray(0, indexOf(clean, 'mdat'))).toEqual(bytes.subarray(0, indexOf(bytes, 'mdat')))
    expect(clean.length).toBe(bytes.length)
    const { exif, xmp, format, width, height } = await sharp(clean, { failOn: 'warning' }).metadata()
    expect({ format, width, height }).toEqual({ format: 'heif', width: 96, height: 64 })
    // A TIFF without entries, and zeros.
    const tiff = exif!.toString('hex').replace(/^457869660000/, '')
    expect(tiff).toMatch(/^4d4d002a00000008(00)+$/)
    expect(xmp!.toString().trim()).toBe('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
    expect(await sharp(clean).raw().toBuffer()).toEqual(await sharp(bytes).raw().toBuffer())
  })

  test('leaves a profile', async () => {
    const p3 = await displayP3()
    const bytes = await (await secretsAndProfile(p3)).avif({ effort: 0 }).toBuffer()
    const clean = cleanOriginal(await probe(bytes))!
    expect(Buffer.from(clean).includes('SECRET')).toBe(false)
    expect((await sharp(clean).metadata()).icc).toEqual(p3)
  })

  test('empties boxes of others behind the picture', async () => {
    const uuid = Buffer.concat([
      Buffer.from([0, 0, 0, 38]),
      Buffer.from('uuid'),
      Buffer.alloc(16, 7),
      Buffer.from('SECRET, too...'),
    ])
    const bytes = Buffer.concat([await imageOf(photograph(96, 64)).avif({ effort: 0 }).toBuffer(), uuid])
    const clean = Buffer.from(cleanOriginal(await probe(bytes))!)
    expect([clean.includes('SECRET'), clean.includes('uuid'), clean.length]).toEqual([false, false, bytes.length])
    expect(await sharp(clean).raw().toBuffer()).toEqual(await sharp(bytes).raw().toBuffer())
  })

  test('does not touch one that holds nothing private', async () => {
    const plain = await imageOf(photograph(96, 64)).avif({ effort: 0 }).toBuffer()
    expect(cleanOriginal(await probe(plain))).toEqual(plain)
  })

  test.each([
    ['is cut off', (bytes: Buffer) => bytes.subarray(0, -30)],
    [
      'has a sequence beside it',
      (bytes: Buffer) => Buffer.concat([bytes, Buffer.from([0, 0, 0, 8]), Buffer.from('moov')]),
    ],
    ['has its items located in a way that is not known', (bytes: Buffer) => patched(bytes, 'iloc', 4, 3)],
    ['has items of an old kind', (bytes: Buffer) => patched(bytes, 'infe', 4, 1)],
    ['has no items', (bytes: Buffer) => patched(bytes, 'iinf', 0, 'x'.charCodeAt(0))],
  ])('gives nothing for a file that %s', async (_, change) => {
    const source = await probe(await tagged('avif'))
    expect(cleanOriginal({ ...source, bytes: change(Buffer.from(source.bytes)) })).toBeUndefined()
  })

  test('gives nothing for a file whose description lies where its picture does', async () => {
    const source = await probe(await tagged('avif'))
    const bytes = Buffer.from(source.bytes)
    // Entries of version 0 with four bytes for each number have 18 in all: where an item lies stands in the last 14. The picture is the first.
    const at = bytes.indexOf('iloc') + 4
    expect(bytes.subarray(at, at + 6).toString('hex')).toBe('000000004440')
    const [first, count] = [at + 8, bytes.readUInt16BE(at + 6)]
    expect(count).toBeGreaterThan(1)
    for (let item = 1; item < count; item++) bytes.copyWithin(first + item * 18 + 4, first + 4, first + 18)
    expect(cleanOriginal({ ...source, bytes })).toBeUndefined()
  })

  /** A byte of the first box of a type, counted from its type. */
  function patched(bytes: Buffer, type: string, offset: number, value: number): Buffer {
    bytes[bytes.indexOf(type) + offset] = value
    return bytes
  }
})
