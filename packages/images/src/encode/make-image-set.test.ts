import { hash } from 'node:crypto'
import type { InputDigest } from '@paceline/artifact-cache'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { defaultImageLimits } from '../resolve-options.ts'
import { makeImageSet, type ImageSet, type ImageWishes } from './make-image-set.ts'
import { directArtifacts } from './testing/direct-artifacts.ts'
import { animation, imageOf, photograph, pngChunk, probe, tagged, withChunks } from './testing/pictures.ts'

const wishes: ImageWishes = {
  formats: ['avif', 'webp'],
  widths: [60, 120],
  quality: 60,
  fallback: true,
  placeholder: 'thumbhash',
  limits: defaultImageLimits,
}

async function setOf(bytes: Uint8Array, changed: Partial<ImageWishes> = {}): Promise<ImageSet> {
  const input = hash('sha256', bytes, 'hex') as InputDigest
  return makeImageSet(directArtifacts(), await probe(bytes), input, { ...wishes, ...changed })
}

const summary = ({ sources }: ImageSet): Record<string, string[]> =>
  Object.fromEntries(sources.map(({ format, files }) => [format, files.map((file) => `${file.format} ${file.width}`)]))

describe('makeImageSet', () => {
  test('makes what is worth serving of a photograph, and nothing twice', async () => {
    const bytes = await imageOf(photograph(400, 300)).jpeg({ quality: 95 }).toBuffer()
    const artifacts = directArtifacts()
    const source = await probe(bytes, 'src/a.jpg')
    const input = hash('sha256', bytes, 'hex') as InputDigest
    const set = await makeImageSet(artifacts, source, input, wishes)
    expect(artifacts.made).toEqual([
      ...['AVIF, 60', 'AVIF, 120', 'WebP, 60', 'WebP, 120', 'JPEG, 60', 'JPEG, 120'].map(
        (what) => `src/a.jpg → ${what} px`,
      ),
      'src/a.jpg → placeholder',
    ])
    expect(await makeImageSet(artifacts, source, input, wishes)).toEqual(set)
    expect(artifacts.made).toHaveLength(7)
    expect(set.fallback).toMatchObject({ format: 'jpeg', width: 120, height: 90 })
    for (const { bytes, size, width, height } of set.files) {
      const metadata = await sharp(bytes).metadata()
      expect([bytes.length, metadata.width, metadata.height]).toEqual([size, width, height])
    }
  })

  test('serves the source’s own bytes, without its secrets, where nothing made of it is smaller', async () => {
    const bytes = await imageOf(photograph(100, 80))
      .jpeg({ quality: 20, mozjpeg: true })
      .withExif({ IFD0: { Copyright: 'SECRET' } })
      .toBuffer()
    const { fallback } = await setOf(bytes, { quality: 95 })
    expect(fallback).toMatchObject({ format: 'jpeg', width: 100, height: 80 })
    expect(fallback.size).toBeLessThan(bytes.length)
    expect(Buffer.from(fallback.bytes).includes('SECRET')).toBe(false)
    expect(await sharp(fallback.bytes).raw().toBuffer()).toEqual(await sharp(bytes).raw().toBuffer())
  })

  test('never serves a file that is larger than what it replaces', async () => {
    for (const picture of [
      await imageOf(photograph(100, 80)).jpeg({ quality: 30 }).toBuffer(),
      await imageOf(photograph(100, 80)).png().toBuffer(),
      await tagged(),
    ]) {
      const { sources, fallback } = await setOf(picture)
      expect(fallback.size).toBeLessThanOrEqual(picture.length)
      for (const [at, { files }] of sources.entries()) {
        for (const file of files) {
          for (const other of sources.slice(at + 1).flatMap(({ files }) => files)) {
            if (other.width >= file.width) expect(file.size).toBeLessThanOrEqual(other.size)
          }
        }
      }
    }
  })

  test('serves an animation as WebP before its own bytes', async () => {
    const { bytes } = await animation('gif')
    const set = await setOf(bytes, { quality: 20 })
    expect(set.fallback.format).toBe('gif')
    expect(summary(set)['avif']).toBeUndefined()
  })

  test('serves what is kept as it is, alone', async () => {
    const png = withChunks(
      await imageOf(photograph(100, 80)).png().toBuffer(),
      pngChunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0])),
    )
    const set = await setOf(png)
    expect(summary(set)).toEqual({ png: ['png 100'] })
    expect(Buffer.from(set.fallback.bytes)).toEqual(png)
    expect(set.placeholder).toBeUndefined()
  })

  test('looks for no quality, and leaves formats out, where that takes more memory than is allowed', async () => {
    const bytes = await imageOf(photograph(400, 300)).jpeg({ quality: 95 }).toBuffer()
    const wanted = { widths: [], quality: { target: 80 } }
    const tight = await setOf(bytes, { ...wanted, limits: { memory: 6_000_000 } })
    expect(tight.leftOut).toEqual([{ format: 'avif', width: 400, height: 300 }])
    expect(summary(tight)).toEqual({ webp: ['webp 400'], jpeg: ['jpeg 400'] })
    for (const { quality, score } of tight.files) {
      expect(quality).toBeGreaterThan(50)
      expect(score).toBeUndefined()
    }
    const none = await setOf(bytes, { ...wanted, limits: { memory: 4_000_000 } })
    expect(none.leftOut.map(({ format }) => format)).toEqual(['avif', 'webp', 'jpeg'])
    expect(summary(none)).toEqual({ jpeg: ['jpeg 400'] })
    expect(Buffer.from(none.fallback.bytes)).toEqual(bytes)
  })

  test('has no placeholder for a transparent picture', async () => {
    const glass = await imageOf(photograph(100, 80)).ensureAlpha(0.5).png().toBuffer()
    expect((await setOf(glass)).placeholder).toBeUndefined()
    const opaque = await imageOf(photograph(100, 80)).ensureAlpha(1).png().toBuffer()
    expect((await setOf(opaque)).placeholder).toMatch(/^[\w+/]{28,36}=*$/)
  })

  test('names the dominant colour', async () => {
    const red = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#d02010' } })
      .png()
      .toBuffer()
    const { placeholder } = await setOf(red, { placeholder: 'color' })
    const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(placeholder!.slice(at, at + 2), 16))
    // sharp counts colours in bins sixteen wide.
    expect([Math.abs(r! - 0xd0), Math.abs(g! - 0x20), Math.abs(b! - 0x10)].every((difference) => difference <= 8)).toBe(
      true,
    )
  })
})
