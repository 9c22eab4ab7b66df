import { constants, crc32, deflateRawSync, gunzipSync, gzipSync, inflateRawSync, type ZlibOptions } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { gzipCosts } from './gzip-costs.ts'
import { BitWriter } from './testing/bit-writer.ts'
import { gzipMember } from './testing/gzip-member.ts'
import { referenceInflate } from './testing/reference-inflate.ts'
import { bitsOff, code, farthestApart, randomBytes, samples, sum } from './testing/samples.ts'

const variants: Record<string, ZlibOptions> = {
  'level 0': { level: 0 },
  'level 1': { level: 1 },
  'level 6': { level: 6 },
  'level 9': { level: 9 },
  'fixed codes': { strategy: constants.Z_FIXED },
  'Huffman only': { strategy: constants.Z_HUFFMAN_ONLY },
  'run lengths': { strategy: constants.Z_RLE },
  filtered: { strategy: constants.Z_FILTERED },
  'small memory, many blocks': { level: 9, memLevel: 1, windowBits: 9 },
}

const GZIP_HEADER = 10

describe.each(Object.entries(variants))('gzip with %s', (_variant, options) => {
  test.each(Object.entries(samples))('charges every bit of: %s', (_sample, raw) => {
    const stream = gzipSync(raw, options)
    const costs = gzipCosts(stream, raw)
    expect(costs.perByte).toHaveLength(raw.length)
    expect(bitsOff(costs, stream)).toBeLessThan(1e-6)
    // Header and trailer, the padding of the last byte, and where there is nothing else, the empty block.
    const most = raw.length > 0 ? 8 * 18 + 7 : 8 * stream.length
    expect(costs.container).toBeGreaterThanOrEqual(8 * 18)
    expect(costs.container).toBeLessThanOrEqual(most)
  })

  test.each(Object.entries(samples))(
    'charges what a decoder written from the RFC, bit by bit, charges: %s',
    (_, raw) => {
      const stream = gzipSync(raw, options)
      const reference = referenceInflate(stream.subarray(GZIP_HEADER))
      expect(Buffer.from(reference.bytes).equals(raw)).toBe(true)
      const { perByte } = gzipCosts(stream, raw)
      expect(farthestApart(perByte, reference.costs)).toBeLessThan(1e-9)
    },
  )
})

describe('gzipCosts', () => {
  test('charges a stream written by hand as its bits say', () => {
    // Fixed codes: "a" is 0x30 + 97 in 8 bits, a copy of 3 from 1 back is symbol 257 in 7 bits and distance 0 in 5.
    const block = new BitWriter().number(1, 1).number(1, 2).digits('10010001 0000001 00000 0000000')
    const raw = Buffer.from('aaaa')
    const deflated = block.finish()
    expect(inflateRawSync(deflated)).toEqual(raw)
    const { perByte, container } = gzipCosts(gzipMember(deflated, raw), raw)
    const own = (3 + 7) / 4
    expect([...perByte]).toEqual([8 + own, 4 + own, 4 + own, 4 + own])
    expect(container).toBe(8 * 18 + 2)
  })

  test('charges the tables of a block to that block alone', () => {
    const text = code.subarray(0, 4_000)
    const stored = randomBytes(8_000, 5)
    const first = deflateRawSync(stored, { level: 0, finishFlush: constants.Z_FULL_FLUSH })
    const raw = Buffer.concat([stored, text])
    const { perByte } = gzipCosts(gzipMember(Buffer.concat([first, deflateRawSync(text)]), raw), raw)
    expect(perByte[0]).toBeCloseTo(8 + (3 + 5 + 32) / stored.length, 9)
    const padding = 8 * deflateRawSync(text).length - sum(perByte.subarray(stored.length))
    expect(padding).toBeCloseTo(Math.round(padding), 6)
    expect(padding).toBeGreaterThan(-1e-6)
    expect(padding).toBeLessThan(8)
  })

  test('counts blocks that produce nothing as container', () => {
    const raw = Buffer.from('a')
    const blocks = new BitWriter().number(0, 1).number(1, 2).digits('10010001 0000000')
    blocks.number(0, 3).bytes(0, 0, 255, 255) // an empty stored block, as a flush leaves it
    blocks.number(1, 1).number(1, 2).number(0, 7)
    const { perByte, container } = gzipCosts(gzipMember(blocks.finish(), raw), raw)
    expect([...perByte]).toEqual([8 + 3 + 7])
    expect(container).toBe(8 * 18 + (3 + 3 + 32) + 10 + 6)
  })

  test('reads members one after the other, each with its own window', () => {
    const parts = [samples['prose']!, new Uint8Array(0), samples['code']!]
    const stream = Buffer.concat(parts.map((part) => gzipSync(part)))
    const raw = Buffer.concat(parts)
    const costs = gzipCosts(stream, raw)
    const { perByte, container } = costs
    expect(bitsOff(costs, stream)).toBeLessThan(1e-6)
    expect(container).toBeGreaterThanOrEqual(3 * 8 * 18)
    const alone = gzipCosts(gzipSync(parts[2]!), parts[2]!)
    expect(perByte.subarray(parts[0]!.length)).toEqual(alone.perByte)
  })

  test('counts extra field, name, comment and header checksum as container', () => {
    const raw = samples['prose']!
    const plain = gzipSync(raw)
    const fields = Buffer.from('\x05\x00extraname.js\0a comment\0', 'latin1')
    const header = Buffer.concat([Buffer.of(31, 139, 8, 0x1e, 1, 2, 3, 4, 2, 3), fields])
    const checksum = Buffer.alloc(2)
    checksum.writeUInt16LE(crc32(header) & 0xffff)
    const stream = Buffer.concat([header, checksum, plain.subarray(GZIP_HEADER)])
    expect(gunzipSync(stream).equals(raw)).toBe(true)
    const costs = gzipCosts(stream, raw)
    const plainCosts = gzipCosts(plain, raw)
    expect(costs.perByte).toEqual(plainCosts.perByte)
    expect(costs.container - plainCosts.container).toBe(8 * (fields.length + 2))
    checksum[0]! ^= 1
    const damaged = Buffer.concat([header, checksum, plain.subarray(GZIP_HEADER)])
    expect(() => gzipCosts(damaged, raw)).toThrow('the checksum of the header is wrong')
  })

  test('stays exact over 6 MB', () => {
    const parts = Array.from({ length: 4 }, (_, n) => [code.subarray(n, 1_300_000), randomBytes(200_000, n)])
    const big = Buffer.concat(parts.flat())
    expect(big.length).toBeGreaterThan(5_900_000)
    const stream = gzipSync(big, { level: 9 })
    expect(bitsOff(gzipCosts(stream, big), stream)).toBeLessThan(1e-6)
  })

  test.each([
    ['is cut', (stream: Buffer) => stream.subarray(0, -1)],
    ['is followed by something else', (stream: Buffer) => Buffer.concat([stream, Buffer.of(0)])],
    ['has a wrong CRC-32', (stream: Buffer) => flip(stream, stream.length - 8)],
    ['has a wrong length field', (stream: Buffer) => flip(stream, stream.length - 1)],
    ['has another magic number', (stream: Buffer) => flip(stream, 0)],
    ['has another method', (stream: Buffer) => flip(stream, 2)],
    ['has reserved flags', (stream: Buffer) => flip(stream, 3, 0x40)],
    ['has a block of type 3', (stream: Buffer) => Buffer.concat([stream.subarray(0, GZIP_HEADER), Buffer.of(7, 0, 0)])],
    ['is empty', () => Buffer.alloc(0)],
  ])('refuses a stream that %s', (_what, damage) => {
    const raw = samples['prose']!
    const damaged = damage(gzipSync(raw))
    expect(() => gzipCosts(damaged, raw)).toThrow(expect.objectContaining({ code: 'PACELINE_STREAM_CORRUPT' }))
  })

  test('refuses a copy from the member before, which is not in the window', () => {
    const raw = Buffer.from('aaaa')
    const copyOfLast = new BitWriter().number(1, 1).number(1, 2).digits('0000001 00000 0000000').finish()
    const stream = Buffer.concat([gzipSync(raw), gzipMember(copyOfLast, Buffer.from('aaa'))])
    expect(() => gunzipSync(stream)).toThrow('invalid distance')
    expect(() => gzipCosts(stream, Buffer.from('aaaaaaa'))).toThrow('a copy starts before the content')
  })

  // Code lengths of the code length code come as 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15.
  test.each([
    ['too many symbols', dynamic(30, 0, '1000'), 'a block has too many symbols'],
    ['too many distances', dynamic(0, 30, '1000'), 'a block has too many symbols'],
    ['a code length code that is not complete', dynamic(0, 0, '1000'), 'the code of the code lengths is not complete'],
    ['a repeat of nothing', dynamic(0, 0, '1001').digits('1'), 'there is none before it'],
    ['more code lengths than symbols', dynamic(0, 0, '0011').digits('1 1111111 1 1111111'), 'more code lengths than'],
    ['no end-of-block symbol', dynamic(0, 0, '0011').digits('1 1111111 1 1011011'), 'no end-of-block symbol'],
    [
      'a code that is not complete',
      dynamic(0, 0, '0012000000000002').digits('0 1111111 0 1101011 11 10'),
      'a prefix code is not complete',
    ],
  ])('refuses a block with %s', (_what, block, problem) => {
    const raw = Buffer.from('a')
    const stream = gzipMember(block.finish(), raw)
    expect(() => gunzipSync(stream)).toThrow(/invalid|too many/)
    expect(() => gzipCosts(stream, raw)).toThrow(problem)
  })

  test('refuses content that is not the stream’s, and says where', () => {
    const raw = samples['prose']!
    const stream = gzipSync(raw)
    const other = Uint8Array.from(raw)
    other[1_000]! ^= 1
    expect(() => gzipCosts(stream, other)).toThrow(
      /^`gzip stream` cannot be attributed; at byte \d+ it decodes to some/,
    )
    expect(() => gzipCosts(stream, raw.subarray(1))).toThrow('byte 0 of the content')
    expect(() => gzipCosts(stream, raw.subarray(0, -1))).toThrow(/more than|something else/)
    expect(() => gzipCosts(stream, Buffer.concat([raw, Buffer.of(1)]))).toThrow(/ends after \d+ of \d+ bytes|CRC/)
  })
})

/** The start of a last block with codes of its own (RFC 1951, 3.2.7), up to the lengths of the code length code. */
function dynamic(literals: number, distances: number, lengths: string): BitWriter {
  const block = new BitWriter().number(1, 1).number(2, 2).number(literals, 5).number(distances, 5)
  block.number(lengths.length - 4, 4)
  for (const length of lengths) block.number(Number(length), 3)
  return block
}

function flip(stream: Buffer, at: number, mask = 1): Buffer {
  const flipped = Buffer.from(stream)
  flipped[at]! ^= mask
  return flipped
}
