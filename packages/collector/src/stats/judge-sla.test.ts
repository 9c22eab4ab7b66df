import { describe, expect, it } from 'vitest'
import { emptyCell, tallyOf } from '../cells/cell.ts'
import { count, emptyTally } from '../cells/tally.ts'
import { slaLimits } from '../sla/judge-limits.ts'
import { burnRate, judgeSla } from './judge-sla.ts'

const limits = slaLimits({}).of('', -1)

function verdict(kept: number, n: number, minSamples = 10) {
  const cell = emptyCell()
  for (let index = 0; index < n; index++) {
    const value = index < kept ? 2400 : 2501
    count(tallyOf(cell.vitals, 'lcp'), { value, good: true, poor: false, limit: 2500, kept: index < kept }, 1)
  }
  return judgeSla({ cell, operations: [], burns: {}, limits, minSamples }).find(({ name }) => name === 'lcp')
}

describe('judgeSla', () => {
  it('counts: a limit 1 ms below a value is broken though a sketch of 1 % cannot tell them apart', () => {
    expect(verdict(75, 100)).toMatchObject({ status: 'holds', n: 100, within: 75, target: 2500, required: 0.75 })
    expect(verdict(74, 100)).toMatchObject({ status: 'broken', within: 74 })
    expect(verdict(15, 20)).toMatchObject({ status: 'holds' })
  })

  it('says that there is not enough data below the sample that was asked for', () => {
    expect(verdict(0, 9)).toMatchObject({ status: 'not enough data', n: 9 })
    expect(verdict(0, 9)?.errorBudget).toBeUndefined()
    expect(verdict(0, 0)).toMatchObject({ status: 'not enough data', actual: null, target: 2500 })
  })

  it('knows how much may still go wrong', () => {
    expect(verdict(90, 100)?.errorBudget).toMatchObject({ allowed: 25, used: 10, left: 0.6 })
    expect(verdict(50, 100)?.errorBudget?.left).toBe(-1)
  })

  it('holds operations against the share that was promised, and failures break it', () => {
    const tally = emptyTally()
    for (let index = 0; index < 100; index++)
      count(tally, { value: 10, good: index < 95, poor: index >= 95, limit: 5000, kept: index < 95 }, 1)
    const operations = [{ name: 'save', kind: 'operation', tally }]
    const judged = judgeSla({ cell: emptyCell(), operations, burns: {}, limits, minSamples: 50 }).at(-1)
    expect(judged).toMatchObject({ name: 'operations', status: 'holds', actual: 0.95, target: 0.95 })
  })

  it('burns at 1 when exactly as much breaks as may', () => {
    expect(burnRate([{ name: 'lcp', n: 400, bad: 100 }], 'lcp', 0.75)).toBeCloseTo(1)
    expect(burnRate([{ name: 'operations', n: 100, bad: 50 }], 'operations', 0.95)).toBeCloseTo(10)
    expect(burnRate([], 'lcp', 0.75)).toBeNull()
  })
})
