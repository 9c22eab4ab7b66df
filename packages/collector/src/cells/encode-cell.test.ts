import { describe, expect, it } from 'vitest'
import { seeded } from '@paceline/testkit/seeded'
import { COUNTS, emptyCell, mergeCell, tallyOf, VITALS } from './cell.ts'
import type { Cell } from './cell.ts'
import { CellSum } from './cell-sum.ts'
import { decodeCell, decodeTally, encodeCell, encodeTally } from './encode-cell.ts'
import { count, emptyTally } from './tally.ts'

function someCell(seed: number, values: number): Cell {
  const random = seeded(seed)
  const cell = emptyCell()
  cell.pages = values
  cell.network = 2 ** 50
  for (let index = 0; index < values; index++) {
    const value = random() ** 4 * 86_400_000
    const measured = { value, good: value < 100, poor: value > 1000, limit: 2500, kept: value <= 2500 }
    count(tallyOf(cell.vitals, VITALS[index % VITALS.length]!), measured, 1)
  }
  return cell
}

describe('encodeCell', () => {
  it('gives back what it was given, and its size is bounded', () => {
    for (const values of [0, 1, 6, 10_000]) {
      const bytes = encodeCell(someCell(values, values))
      expect(decodeCell(bytes)).toEqual(someCell(values, values))
      expect(bytes.length).toBeLessThan(20_000)
    }
  })

  it('reads cells of version 1, which had twelve counts', () => {
    const counts = Array.from({ length: 12 }, (_, index) => index + 1)
    const cell = decodeCell(Uint8Array.of(1, ...counts, 0))
    expect(COUNTS.map((name) => cell[name])).toEqual([...counts, ...COUNTS.slice(12).map(() => 0)])
  })

  it('leaves out counts that only a newer collector knows', () => {
    const counts = Array.from({ length: COUNTS.length + 2 }, (_, index) => index + 1)
    const cell = decodeCell(Uint8Array.of(2, counts.length, ...counts, 0))
    expect(COUNTS.map((name) => cell[name])).toEqual(counts.slice(0, COUNTS.length))
  })

  it('merges stored cells into the cell of all values', () => {
    const merged = emptyCell()
    for (const seed of [1, 2, 3]) mergeCell(merged, decodeCell(encodeCell(someCell(seed, 500))))
    const tally = merged.vitals.get('lcp')!
    expect(tally.n).toBe(3 * 84)
    expect(tally.judged).toBe(tally.n)
    expect([...tally.buckets.values()].reduce((sum, value) => sum + value, 0)).toBe(tally.n)
  })

  it('adds stored cells up as merging them does', () => {
    const sum = new CellSum()
    const merged = emptyCell()
    for (const seed of [4, 5, 6]) {
      const bytes = encodeCell(someCell(seed, 700))
      mergeCell(merged, decodeCell(bytes))
      sum.add(bytes, Object.fromEntries(VITALS.map((name) => [name, 2500])))
    }
    expect(sum.cell()).toEqual(merged)
  })

  it('refuses counts below zero, other versions and cells that end too early', () => {
    expect(() => encodeCell({ ...emptyCell(), pages: -1 })).toThrow(RangeError)
    expect(() => decodeCell(Uint8Array.of(9))).toThrow('version 9')
    expect(() => decodeCell(encodeCell(someCell(1, 10)).slice(0, 20))).toThrow(RangeError)
  })
})

describe('a tally', () => {
  it('counts against the limit in force, and never adds up counts against two', () => {
    const tally = emptyTally()
    const measured = { value: 3000, good: false, poor: false }
    count(tally, { ...measured, limit: 2500, kept: false }, 1)
    count(tally, { ...measured, limit: 4000, kept: true }, 1)
    expect(tally).toMatchObject({ n: 2, limit: 4000, judged: 1, within: 1 })
    count(tally, { ...measured, limit: 2500, kept: false }, -1)
    expect(tally).toMatchObject({ n: 1, limit: 4000, judged: 1, within: 1 })
    expect(decodeTally(encodeTally(tally))).toEqual(tally)
  })
})
