import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from 'node:zlib'
import { errorCodes } from '@paceline/kit'
import { seeded } from '@paceline/testkit/seeded'
import { describe, expect, test, vi } from 'vitest'
import { brotliCosts } from './brotli-costs.ts'
import { dictionaryLength } from './brotli-dictionary.ts'
import { gzipCosts } from './gzip-costs.ts'
import type { StreamCosts } from './stream-costs.ts'
import { bitsOff, code, prose, randomBytes } from './testing/samples.ts'

vi.mock(import('./brotli-dictionary.ts'), { spy: true })

const FLIPS_PER_STREAM = 800
const CODES = new Set(['PACELINE_STREAM_CORRUPT', 'PACELINE_STREAM_UNSUPPORTED'])

const contents = [
  prose(120, 1),
  code.subarray(3_000, 6_000),
  // Repeats itself, but has no word of brotli's dictionary.
  Buffer.from(randomBytes(1_200, 3).map((byte, index) => 128 + ((byte * index) % 11))),
  Buffer.concat([code.subarray(0, 700), randomBytes(300, 2), Buffer.from('a'.repeat(600))]),
]

interface Format {
  readonly name: string
  readonly streams: readonly (readonly [stream: Uint8Array, raw: Uint8Array])[]
  readonly costs: (stream: Uint8Array, raw: Uint8Array) => StreamCosts
  readonly decode: (stream: Uint8Array) => Uint8Array
}

const brotli = (raw: Uint8Array, quality: number) =>
  brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })

const formats: readonly Format[] = [
  {
    name: 'gzip',
    streams: contents.flatMap((raw) => [0, 1, 9].map((level) => [gzipSync(raw, { level }), raw] as const)),
    costs: gzipCosts,
    decode: (stream) => gunzipSync(stream, { maxOutputLength: 1e6 }),
  },
  {
    name: 'brotli',
    streams: contents.flatMap((raw) => [1, 5, 11].map((quality) => [brotli(raw, quality), raw] as const)),
    costs: brotliCosts,
    decode: (stream) => brotliDecompressSync(stream, { maxOutputLength: 1e6 }),
  },
]

type Verdict = 'refused' | 'read' | 'refused, but sound' | 'read, but damaged' | 'not accounted for' | 'broken'

/** What we say of a stream, held against what the native decoder says. The last four are faults of ours. */
function verdictOn(format: Format, stream: Uint8Array, raw: Uint8Array): Verdict {
  const native = attempt(() => format.decode(stream))
  const isSound = native instanceof Uint8Array && Buffer.from(raw).equals(native)
  vi.mocked(dictionaryLength).mockClear()
  const costs = attempt(() => format.costs(stream, raw))
  if (costs instanceof Error) {
    if (!errorCodes(costs).some((code) => CODES.has(code))) return 'broken'
    return isSound ? 'refused, but sound' : 'refused'
  }
  if (bitsOff(costs, stream) > 1e-6) return 'not accounted for'
  // What a word of the static dictionary says is not looked at. The native decoder does, and may go astray after it.
  const mayHaveOtherWord = vi.mocked(dictionaryLength).mock.calls.length > 0
  return isSound || mayHaveOtherWord ? 'read' : 'read, but damaged'
}

function attempt<Result>(run: () => Result): Result | Error {
  try {
    return run()
  } catch (error) {
    return error as Error
  }
}

describe.each(formats)('damaged $name streams', (format) => {
  test('with flipped bits are refused, unless the native decoder reads them as well', () => {
    const random = seeded(7)
    const verdicts = new Set<Verdict>()
    for (const [stream, raw] of format.streams) {
      for (let round = 0; round < FLIPS_PER_STREAM; round++) {
        const damaged = Uint8Array.from(stream)
        // Half of the damage goes to the headers, where it has most to break.
        const reach = round % 2 === 0 ? Math.min(120, stream.length) : stream.length
        const flips = 1 + Math.floor(random() * 3)
        for (let flip = 0; flip < flips; flip++) damaged[Math.floor(random() * reach)]! ^= 1 << Math.floor(random() * 8)
        verdicts.add(verdictOn(format, damaged, raw))
      }
    }
    expect([...verdicts].sort()).toEqual(['read', 'refused'])
  })

  test('cut at any byte are refused', () => {
    for (const [stream, raw] of format.streams) {
      const verdicts = new Set([...stream.keys()].map((length) => verdictOn(format, stream.subarray(0, length), raw)))
      expect([...verdicts]).toEqual(['refused'])
    }
  })

  test('of random bytes are refused', () => {
    const random = seeded(11)
    const verdicts = new Set<Verdict>()
    for (let round = 0; round < 3_000; round++) {
      const stream = randomBytes(1 + Math.floor(random() * 200), round)
      if (format.name === 'gzip') stream.set([31, 139, 8, 0].slice(0, stream.length))
      verdicts.add(verdictOn(format, stream, contents[0]!))
    }
    expect([...verdicts]).toEqual(['refused'])
  })
})
