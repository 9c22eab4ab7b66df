import { brotliDecompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { brotliCosts } from './brotli-costs.ts'
import { dictionaryLength } from './brotli-dictionary.ts'
import { BitWriter } from './testing/bit-writer.ts'
import { farthestApart } from './testing/samples.ts'

const TRANSFORMS = 121
const WORD_BITS = [0, 0, 0, 0, 10, 10, 11, 11, 10, 10, 10, 10, 10, 9, 9, 8, 7, 7, 8, 7, 7, 6, 6, 5, 5]
const lengths = WORD_BITS.flatMap((bits, length) => (bits > 0 ? [length] : []))

describe('dictionaryLength', () => {
  test.each(lengths)('agrees with the native decoder on every transform of words of %i bytes', (length) => {
    for (let transform = 0; transform < TRANSFORMS; transform++) {
      const wordId = (transform << WORD_BITS[length]!) + (transform % 2 ** WORD_BITS[length]!)
      const produced = dictionaryLength(length, wordId)
      const { stream, distanceBits, copyBits } = wordBetweenTwoLetters(length, wordId, produced)
      const raw = brotliDecompressSync(stream)
      expect(raw).toHaveLength(produced + 2)
      const { perByte } = brotliCosts(stream, raw)
      // The last letter pays nothing but the one bit of its command and its part of the meta-block's header.
      const own = perByte.at(-1)! - 1
      const command = own + (1 + copyBits + (produced === 0 ? distanceBits : 0)) / (produced + 1)
      const word = Array.from({ length: produced }, () => command + distanceBits / produced)
      expect(farthestApart(perByte, [command, ...word, own + 1])).toBeLessThan(1e-9)
    }
  })

  test('knows no word of 3 or 25 bytes and no transform 121', () => {
    expect(dictionaryLength(3, 0)).toBe(-1)
    expect(dictionaryLength(25, 0)).toBe(-1)
    expect(dictionaryLength(4, (121 << 10) - 1)).toBeGreaterThan(0)
    expect(dictionaryLength(4, 121 << 10)).toBe(-1)
  })
})

/** A stream of "x", a reference to the static dictionary, "x"; with the bits of the reference. */
function wordBetweenTwoLetters(length: number, wordId: number, produced: number) {
  const [copyCode, copyBits, copyExtra] = copyLength(length)
  const [distanceSymbol, distanceBits, distanceExtra] = distanceOf(2 + wordId)
  const insertOne = 1 << 3
  const withWord = copyCode < 8 ? 128 + insertOne + copyCode : 192 + insertOne + copyCode - 8
  const stream = new BitWriter()
    .number(0, 1)
    .number(1, 1)
    .number(0, 1)
    .number(0, 2)
    .number(2 + produced - 1, 16)
    .number(0, 3 + 6 + 2 + 2)
    .number(1, 4) // one literal
    .number(0x78, 8)
    .number(1 | (1 << 2), 4) // two commands; the lower one gets the code 0
    .number(128 + insertOne, 10)
    .number(withWord, 10)
    .number(1, 4) // one distance symbol
    .number(distanceSymbol, 6)
    .number(1, 1)
    .number(copyExtra, copyBits)
    .number(distanceExtra, distanceBits)
    .number(0, 1)
  return { stream: stream.finish(), distanceBits, copyBits }
}

function copyLength(length: number): [code: number, bits: number, extra: number] {
  if (length < 10) return [length - 2, 0, 0]
  const bases = [10, 12, 14, 18, 22, 30]
  const index = bases.findLastIndex((base) => base <= length)
  return [8 + index, 1 + (index >> 1), length - bases[index]!]
}

/** RFC 7932, 4, without postfix bits and direct distances. */
function distanceOf(distance: number): [symbol: number, bits: number, extra: number] {
  for (let symbol = 0; ; symbol++) {
    const bits = 1 + (symbol >> 1)
    const offset = ((2 + (symbol & 1)) << bits) - 4
    if (distance <= offset + 2 ** bits) return [16 + symbol, bits, distance - offset - 1]
  }
}
