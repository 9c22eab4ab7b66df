import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { brotliCosts } from './brotli-costs.ts'
import { BitWriter } from './testing/bit-writer.ts'
import { bitsOff, code, farthestApart, prose, randomBytes, samples } from './testing/samples.ts'

const {
  BROTLI_PARAM_LARGE_WINDOW,
  BROTLI_PARAM_LGWIN,
  BROTLI_PARAM_MODE,
  BROTLI_PARAM_NDIRECT,
  BROTLI_PARAM_NPOSTFIX,
  BROTLI_PARAM_QUALITY,
} = constants

const windows = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24]

function compress(raw: Uint8Array, params: Record<number, number | boolean>): Buffer {
  return brotliCompressSync(raw, { params })
}

/**
 * Bits that are charged to nobody or charged twice. That the stream could be read to its end, meeting the content on every
 * bit of the way, is what says that no bit was read as another.
 */
function bitsOffAt(raw: Uint8Array, params: Record<number, number>): number {
  const stream = compress(raw, params)
  const costs = brotliCosts(stream, raw)
  return costs.perByte.length === raw.length ? bitsOff(costs, stream) : Infinity
}

describe.each(Object.entries(samples))('brotli of: %s', (_sample, raw) => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])('charges every bit at quality %i', (quality) => {
    expect(bitsOffAt(raw, { [BROTLI_PARAM_QUALITY]: quality })).toBeLessThan(1e-6)
  })

  test.each(windows)('charges every bit with a window of %i bits', (bits) => {
    for (const quality of [5, 9]) {
      expect(bitsOffAt(raw, { [BROTLI_PARAM_QUALITY]: quality, [BROTLI_PARAM_LGWIN]: bits })).toBeLessThan(1e-6)
    }
  })

  test.each([
    ['generic', constants.BROTLI_MODE_GENERIC],
    ['text', constants.BROTLI_MODE_TEXT],
    ['font', constants.BROTLI_MODE_FONT],
  ])('charges every bit in %s mode', (_mode, mode) => {
    for (const quality of [4, 9, 11]) {
      expect(bitsOffAt(raw, { [BROTLI_PARAM_QUALITY]: quality, [BROTLI_PARAM_MODE]: mode })).toBeLessThan(1e-6)
    }
  })

  test.each([0, 1, 2, 3])('charges every bit with %i postfix bits and direct distances', (postfix) => {
    const params = { [BROTLI_PARAM_NPOSTFIX]: postfix, [BROTLI_PARAM_NDIRECT]: 5 << postfix }
    for (const quality of [5, 9]) {
      expect(bitsOffAt(raw, { ...params, [BROTLI_PARAM_QUALITY]: quality })).toBeLessThan(1e-6)
    }
  })
})

describe('brotliCosts', () => {
  test('charges uncompressed, metadata and empty meta-blocks written by hand as their bits say', () => {
    const raw = Buffer.from('abcde')
    const stream = new BitWriter()
      .number(0, 1) // WBITS 16
      .number(0b0110, 4) // not last, metadata, reserved bit 0 ...
      .number(1, 2) // ... with one byte of length ...
      .number(2 - 1, 8)
      .bytes(77, 77) // ... which is 2
      .number(0, 3) // not last, 4 nibbles
      .number(raw.length - 1, 16)
      .number(1, 1) // uncompressed
      .bytes(...raw)
      .number(0b11, 2) // last and empty
      .finish()
    expect(brotliDecompressSync(stream)).toEqual(raw)
    const { perByte, container } = brotliCosts(stream, raw)
    expect([...perByte]).toEqual([...raw].map(() => 8 + 24 / 5))
    expect(container).toBe(16 + 16 + 8)
  })

  test('charges a compressed meta-block written by hand as its bits say', () => {
    // "ab" as literals, then 4 bytes from 2 back: "ababab".
    const raw = Buffer.from('ababab')
    const header = new BitWriter()
      .number(0, 1) // WBITS 16
      .number(1, 1) // last ...
      .number(0, 1) // ... and not empty
      .number(0, 2)
      .number(raw.length - 1, 16)
      .number(0, 3) // one block type of each kind
      .number(0, 6) // NPOSTFIX, NDIRECT
      .number(2, 2) // contexts: UTF8
      .number(0, 2) // one literal code, one distance code
      .number(1, 2) // literals: simple ...
      .number(1, 2) // ... of two symbols
      .number(97, 8)
      .number(98, 8)
      .number(1, 2) // commands: one symbol: insert 2, copy 4, distance follows
      .number(0, 2)
      .number(128 + 2 * 8 + 2, 10)
      .number(1, 2) // distances: two symbols
      .number(1, 2)
      .number(4, 6)
      .number(16, 6)
    const headerBits = header.length - 1
    const stream = header
      .digits('0 1') // a, b
      .digits('1 1') // distance symbol 16 with one extra bit: 2
      .finish()
    expect(brotliDecompressSync(stream)).toEqual(raw)
    const { perByte, container } = brotliCosts(stream, raw)
    const own = headerBits / 6
    const copied = own + 2 / 4
    expect(farthestApart(perByte, [own + 1, own + 1, copied, copied, copied, copied])).toBeLessThan(1e-9)
    expect(container).toBe(8 * stream.length - headerBits - 4)
  })

  test('stays exact over several MB and several meta-blocks', () => {
    const parts = [
      code,
      randomBytes(2_000_000, 9),
      prose(100_000, 4),
      new Uint8Array(9_000_000),
      code.subarray(400_000),
    ]
    const raw = Buffer.concat(parts)
    for (const quality of [1, 5, 9]) expect(bitsOffAt(raw, { [BROTLI_PARAM_QUALITY]: quality })).toBeLessThan(1e-5)
  })

  test('is exact at the quality that is served', () => {
    expect(bitsOffAt(code.subarray(0, 400_000), { [BROTLI_PARAM_QUALITY]: 11 })).toBeLessThan(1e-6)
  })

  test('charges the padding and the end of the stream to the container', () => {
    const { container } = brotliCosts(compress(samples['code']!, { [BROTLI_PARAM_QUALITY]: 11 }), samples['code']!)
    expect(container).toBeLessThanOrEqual(4 + 2 + 7)
    expect(brotliCosts(Buffer.of(6), new Uint8Array(0)).container).toBe(8)
  })

  test('refuses large windows by name', () => {
    const raw = samples['prose']!
    const stream = compress(raw, { [BROTLI_PARAM_LARGE_WINDOW]: true, [BROTLI_PARAM_LGWIN]: 26 })
    expect(() => brotliCosts(stream, raw)).toThrow(
      expect.objectContaining({
        code: 'PACELINE_STREAM_UNSUPPORTED',
        message: expect.stringContaining('a large window'),
      }),
    )
  })

  test.each([
    ['is cut', (stream: Buffer) => stream.subarray(0, -1)],
    ['is followed by something else', (stream: Buffer) => Buffer.concat([stream, Buffer.of(0)])],
    ['is empty', () => Buffer.alloc(0)],
    ['has a reserved bit set', () => Buffer.of(0b0001_1100, 0)],
    ['has a length with a leading zero', () => Buffer.of(0b0000_0100 | (1 << 3), 0, 0, 0, 0)],
  ])('refuses a stream that %s', (_what, damage) => {
    const raw = samples['prose']!
    const damaged = damage(compress(raw, { [BROTLI_PARAM_QUALITY]: 9 }))
    expect(() => brotliCosts(damaged, raw)).toThrow(expect.objectContaining({ code: 'PACELINE_STREAM_CORRUPT' }))
  })

  test.each([
    ['at the end', Buffer.of(0x86), ''],
    ['before metadata', Buffer.of(0b1000_1100, 0, 0x06), ''],
    [
      'before uncompressed bytes',
      new BitWriter().number(0, 4).number(0, 16).number(0b11, 2).bytes(97, 3).finish(),
      'a',
    ],
  ])('refuses bits set in the padding %s', (_where, stream, content) => {
    const raw = Buffer.from(content)
    expect(() => brotliDecompressSync(stream)).toThrow('Decompression failed')
    expect(() => brotliCosts(stream, raw)).toThrow('the bits before a byte boundary are not zero')
  })

  test('refuses a simple prefix code with one symbol twice', () => {
    const stream = new BitWriter()
      .number(0b010, 3)
      .number(0, 2 + 16 + 3 + 6 + 2 + 2) // one byte; nothing out of the ordinary
      .number(0b0101, 4)
      .number(97, 8)
      .number(97, 8)
      .number(1, 4)
      .number(128 + 8, 10)
      .number(1, 4)
      .number(0, 6)
      .number(0, 1)
      .finish()
    expect(() => brotliDecompressSync(stream)).toThrow('Decompression failed')
    expect(() => brotliCosts(stream, Buffer.from('a'))).toThrow('a prefix code has a symbol twice')
  })

  test('refuses content that is not the stream’s, and says where', () => {
    const raw = samples['prose']!
    const stream = compress(raw, { [BROTLI_PARAM_QUALITY]: 5 })
    expect(() => brotliCosts(stream, raw.subarray(1))).toThrow(/^`brotli stream` cannot be attributed; at byte \d+ it/)
    expect(() => brotliCosts(stream, raw.subarray(0, -1))).toThrow('more than')
    expect(() => brotliCosts(stream, Buffer.concat([raw, Buffer.of(1)]))).toThrow(`ends after ${raw.length} of`)
  })
})
