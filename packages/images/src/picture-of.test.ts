import { expect, test } from 'vitest'
import type { ImageFile, ImageSet } from './encode/make-image-set.ts'
import { pictureOf } from './picture-of.ts'

const file = (format: ImageFile['format'], width: number): ImageFile => ({
  format,
  width,
  height: width / 2,
  bytes: new Uint8Array(width),
  size: width,
})
const url = ({ format, width }: ImageFile): string => `/my files/a,b-${width}.${format}`

test('lists every format with its widths, and the widest of the last as src', () => {
  const avif = [file('avif', 480), file('avif', 960)] as const
  const jpeg = [file('jpeg', 960)] as const
  const set: ImageSet = {
    sources: [
      { format: 'avif', files: avif },
      { format: 'jpeg', files: jpeg },
    ],
    files: [...avif, ...jpeg],
    fallback: jpeg[0],
    placeholder: '#123456',
    leftOut: [],
  }
  expect(pictureOf(set, url)).toEqual({
    src: '/my files/a,b-960.jpeg',
    width: 960,
    height: 480,
    sources: [{ type: 'image/avif', srcset: '/my%20files/a%2Cb-480.avif 480w, /my%20files/a%2Cb-960.avif 960w' }],
    placeholder: '#123456',
  })
})

test('gives the last format a source when it has several widths', () => {
  const jpeg = [file('jpeg', 480), file('jpeg', 960)] as const
  const set: ImageSet = { sources: [{ format: 'jpeg', files: jpeg }], files: jpeg, fallback: jpeg[1], leftOut: [] }
  expect(pictureOf(set, url).sources.map(({ type }) => type)).toEqual(['image/jpeg'])
})
