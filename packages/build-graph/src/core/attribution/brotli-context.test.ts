import { brotliDecompressSync } from 'node:zlib'
import { seeded } from '@paceline/testkit/seeded'
import { expect, test } from 'vitest'
import { brotliCosts } from './brotli-costs.ts'
import { BitWriter } from './testing/bit-writer.ts'
import { bitsOff } from './testing/samples.ts'

const CONTEXTS = 64
const LITERALS = 2_000

test.each([
  ['LSB6', 0],
  ['MSB6', 1],
  ['UTF8', 2],
  ['signed', 3],
])('context mode %s chooses the codes that the native decoder chooses', (_name, mode) => {
  const { stream, headerBits } = literalsByContext(mode, seeded(mode))
  const raw = brotliDecompressSync(stream)
  expect(new Set(raw).size).toBeGreaterThan(50)
  const costs = brotliCosts(stream, raw)
  expect(bitsOff(costs, stream)).toBeLessThan(1e-6)
  expect(costs.perByte[0]).toBeCloseTo(2 + headerBits / LITERALS, 6)
})

/** Random literals from 64 prefix codes, one for each context and each of four random bytes: no other code would fit. */
function literalsByContext(mode: number, random: () => number) {
  const stream = new BitWriter()
    .number(0b010, 3)
    .number(0, 2)
    .number(LITERALS - 1, 16)
    .number(0, 3 + 6)
    .number(mode, 2)
    .number(0b1011, 4) // 1 + 2 ** 5 ...
    .number(31, 5) // ... + 31 literal codes
    .number(0, 1) // no run lengths in the context map
  writeCodeOfSixBits(stream)
  for (let context = 0; context < CONTEXTS; context++) stream.digits(context.toString(2).padStart(6, '0'))
  stream.number(0, 1) // no move to front
  stream.number(0, 1) // one distance code
  for (let context = 0; context < CONTEXTS; context++) {
    const first = Math.floor(random() * 256)
    stream.number(0b1101, 4)
    for (const step of [0, 37, 101, 190]) stream.number((first + step) % 256, 8)
    stream.number(0, 1) // each in two bits
  }
  stream.number(1, 4).number(7 * 64 + 4 * 8, 10) // one command: insert 1,090 and more
  stream.number(1, 4).number(0, 6)
  stream.number(LITERALS - 1_090, 10)
  const headerBits = stream.length - 1
  for (let index = 0; index < LITERALS; index++) stream.number(Math.floor(random() * 4), 2)
  return { stream: stream.finish(), headerBits }
}

/** A prefix code (RFC 7932, 3.5) that gives each of 64 symbols six bits. */
function writeCodeOfSixBits(stream: BitWriter): void {
  const lengthOrder = [1, 2, 3, 4, 0, 5, 17, 6, 16, 7, 8, 9, 10, 11, 12, 13, 14, 15]
  stream.number(0, 2)
  // The only length in use is 6; what its own length is does not matter then: 3.
  for (const length of lengthOrder) stream.number(length === 6 ? 0b10 : 0, 2)
}
