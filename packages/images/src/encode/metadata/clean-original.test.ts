import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { animation, displayP3, imageOf, photograph, probe, tagged, withProfile } from '../testing/pictures.ts'
import { cleanOriginal } from './clean-original.ts'

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
    const png = withProfile(await imageOf(photograph(96, 64)).png().toBuffer(), p3)
    const bytes = await sharp(png)
      .keepIccProfile()
      .withExif({ IFD0: { Copyright: 'SECRET' } })
      .toFormat(format)
      .toBuffer()
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

test('has no AVIF with metadata to offer', async () => {
  expect(cleanOriginal(await probe(await tagged('avif')))).toBeUndefined()
  const plain = await imageOf(photograph(96, 64)).avif({ effort: 0 }).toBuffer()
  expect(cleanOriginal(await probe(plain))).toEqual(plain)
})
