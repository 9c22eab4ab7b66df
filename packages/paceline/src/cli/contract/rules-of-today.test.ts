import type { RuleResult } from '@paceline/build-graph'
import { describe, expect, it } from 'vitest'
import { rulesOfToday } from './rules-of-today.ts'

const accepted = (until: string) => ({
  message: '`tslib` is bundled in 2 versions.',
  chain: [],
  subject: 'tslib',
  severity: 'warn' as const,
  reason: 'waits for sdk 4',
  until,
})
const result: RuleResult = {
  rule: 'duplicates',
  status: 'pass',
  violations: [],
  suppressed: [accepted('2026-11-20'), accepted('2026-12-31')],
}

describe('rulesOfToday', () => {
  it('keeps what is accepted until today, that day included', () => {
    expect(rulesOfToday([result], '2026-11-20')).toEqual([result])
  })

  it('fails a day later, by the name, the day and the reason, and keeps the others', () => {
    const [today] = rulesOfToday([result], '2026-11-21')
    expect(today).toMatchObject({ status: 'fail', suppressed: [{ until: '2026-12-31' }] })
    expect(today?.violations).toMatchObject([{ subject: 'tslib', severity: 'error' }])
    expect(today?.violations[0]?.message).toBe(
      '`tslib` is bundled in 2 versions. `tslib` was accepted until 2026-11-20, because "waits for sdk 4"; that day is over.',
    )
    expect(rulesOfToday([today!], '2026-11-21')).toEqual([today])
  })
})
