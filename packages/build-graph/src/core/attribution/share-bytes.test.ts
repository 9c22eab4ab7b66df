import { gzipSync } from 'node:zlib'
import { seeded } from '@paceline/testkit/seeded'
import { describe, expect, test } from 'vitest'
import { gzipCosts } from './gzip-costs.ts'
import { type OwnedBytes, shareBytes } from './share-bytes.ts'
import { code, sum } from './testing/samples.ts'

/** Ranges of random lengths, some of them empty, for owners in any order. */
function randomOwners(length: number, ownerCount: number, random: () => number): OwnedBytes[] {
  const ranges: OwnedBytes[] = []
  for (let start = 0; start < length;) {
    const end = Math.min(length, start + Math.floor(random() ** 4 * length))
    ranges.push({ start, end, owner: Math.floor(random() * ownerCount) })
    start = end
  }
  return ranges
}

describe('shareBytes', () => {
  test('adds up to the stream for any division of any file', () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = seeded(seed)
      const raw = code.subarray(0, Math.floor(random() * 20_000))
      const stream = gzipSync(raw)
      const costs = gzipCosts(stream, raw)
      const ownerCount = 1 + Math.floor(random() * 40)
      const ranges = randomOwners(raw.length, ownerCount, random)
      const shares = shareBytes(costs, stream.length, ranges, ownerCount)
      expect(shares.owners.reduce((sum, share) => sum + share, shares.container)).toBe(stream.length)
      expect(shares.owners).toHaveLength(ownerCount)
      for (const [owner, share] of shares.owners.entries()) {
        const its = ranges.filter((range) => range.owner === owner)
        const bits = sum(its.flatMap(({ start, end }) => [...costs.perByte.subarray(start, end)]))
        expect(share).toBeGreaterThanOrEqual(Math.floor(bits / 8 - 1e-6))
        expect(share).toBeLessThanOrEqual(Math.ceil(bits / 8 + 1e-6))
      }
      expect(shareBytes(costs, stream.length, ranges, ownerCount)).toEqual(shares)
    }
  })

  test('gives the bytes left over to the largest remainders', () => {
    const costs = { perByte: Float64Array.of(12, 9, 13, 10), container: 4 }
    const ranges = [0, 1, 2, 3].map((owner) => ({ start: owner, end: owner + 1, owner }))
    // 1.5, 1.125, 1.625 and 1.25 bytes, and 0.5 for the container: two bytes are left over.
    expect(shareBytes(costs, 6, ranges, 4)).toEqual({ owners: Uint32Array.of(2, 1, 2, 1), container: 0 })
  })

  test('breaks ties towards the lower owner, also when rounding errors say otherwise', () => {
    const perByte = Float64Array.of(4 - 1e-9, 4 + 1e-9, 4, 4)
    const ranges = [3, 2, 1, 0].map((owner, start) => ({ start, end: start + 1, owner }))
    expect(shareBytes({ perByte, container: 0 }, 2, ranges, 4).owners).toEqual(Uint32Array.of(1, 1, 0, 0))
  })

  test('leaves an empty file to the container', () => {
    const raw = new Uint8Array(0)
    const stream = gzipSync(raw)
    expect(shareBytes(gzipCosts(stream, raw), stream.length, [], 2)).toEqual({
      owners: Uint32Array.of(0, 0),
      container: stream.length,
    })
  })

  test.each([
    [
      'leave a gap',
      [
        { start: 0, end: 1, owner: 0 },
        { start: 2, end: 4, owner: 0 },
      ],
      4,
    ],
    [
      'overlap',
      [
        { start: 0, end: 3, owner: 0 },
        { start: 2, end: 4, owner: 0 },
      ],
      4,
    ],
    ['stop early', [{ start: 0, end: 3, owner: 0 }], 4],
    ['go on too long', [{ start: 0, end: 5, owner: 0 }], 4],
    ['run backwards', [{ start: 0, end: -1, owner: 0 }], 4],
    ['name an owner that does not exist', [{ start: 0, end: 4, owner: 1 }], 4],
    ['name a negative owner', [{ start: 0, end: 4, owner: -1 }], 4],
    ['come with the costs of another stream', [{ start: 0, end: 4, owner: 0 }], 5],
  ])('refuses owners that %s', (_what, ranges, streamLength) => {
    const costs = { perByte: Float64Array.of(8, 8, 8, 8), container: 0 }
    expect(() => shareBytes(costs, streamLength, ranges, 1)).toThrow(
      expect.objectContaining({ code: 'PACELINE_OWNERS_INVALID' }),
    )
  })
})
