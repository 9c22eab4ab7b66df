import { rgbaToThumbHash, thumbHashToRGBA } from 'thumbhash'
import { describe, expect, test } from 'vitest'
import { decodeThumbhash } from './decode-thumbhash.ts'
import { bitmapUrl } from './placeholder-style.ts'

/** Waves in two directions and colours, with a ratio of its own. */
function hashOf(width: number, height: number): string {
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      rgba.set([128 + 100 * Math.sin(x / 9), 255 * (y / height), 128 + 90 * Math.cos((x + y) / 7), 255], at)
    }
  }
  return Buffer.from(rgbaToThumbHash(width, height, rgba)).toString('base64')
}

describe('decodeThumbhash', () => {
  test.each([
    ['a landscape', 90, 40],
    ['a portrait', 30, 80],
    ['a square', 64, 64],
  ])('gives the pixels of the reference decoder for %s', (_, width, height) => {
    const hash = hashOf(width, height)
    const reference = thumbHashToRGBA(Buffer.from(hash, 'base64'))
    const decoded = decodeThumbhash(hash, 32)
    expect([decoded.width, decoded.height]).toEqual([reference.w, reference.h])
    const rgb = reference.rgba.filter((_, at) => at % 4 !== 3)
    const largest = Math.max(...decoded.rgb.map((value, at) => Math.abs(value - rgb[at]!)))
    expect(largest).toBeLessThanOrEqual(1)
  })

  test('does not fail on a hash that is cut off', () => {
    expect(decodeThumbhash(hashOf(20, 10).slice(0, 8)).rgb.length).toBeGreaterThan(0)
  })
})

test('writes the bitmap as every decoder of BMP reads it: size, row order, colour order, padding', () => {
  const rgb = new Uint8Array([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 1, 2, 3])
  const file = Buffer.from(bitmapUrl({ width: 3, height: 2, rgb }).replace(/^.*,/, ''), 'base64')
  expect(file.toString('latin1', 0, 2)).toBe('BM')
  expect(file.readUInt32LE(2)).toBe(file.length)
  expect([file.readInt32LE(18), file.readInt32LE(22), file.readUInt16LE(28)]).toEqual([3, 2, 24])
  expect([...file.subarray(54)]).toEqual([
    255, 255, 255, 0, 0, 0, 3, 2, 1, 0, 0, 0, 0, 0, 255, 0, 255, 0, 255, 0, 0, 0, 0, 0,
  ])
})
