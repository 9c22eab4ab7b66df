import { describe, expect, test } from 'vitest'
import { allPassed, closingLine, describeResult, judgeRun } from './suite-result.ts'

const counted = { passed: 3, failed: 0, skipped: 1, errors: 0, failures: [] }
const run = { name: 'x', code: 0, counted }

describe('judgeRun', () => {
  test('passes on what the runner counted', () => {
    expect(judgeRun(run)).toEqual({ name: 'x', passed: 3, failed: 0, skipped: 1 })
  })

  test.each([
    ['left no report', { ...run, counted: undefined }, 1],
    ['ran no test', { ...run, counted: { ...counted, passed: 0 } }, 1],
    ['exits non-zero though no test failed', { ...run, code: 1 }, 1],
    ['was ended by a signal', { ...run, code: null }, 1],
    ['could not load two files', { ...run, code: 1, counted: { ...counted, errors: 2 } }, 2],
    ['could load none of its files', { ...run, code: 1, counted: { ...counted, passed: 0, errors: 2 } }, 2],
  ])('counts a failure for a runner that %s, and says why', (_, outcome, failed) => {
    expect(judgeRun(outcome)).toMatchObject({ failed, problem: expect.any(String) })
  })

  test('adds errors outside of the tests to the failed tests', () => {
    expect(judgeRun({ ...run, code: 1, counted: { ...counted, failed: 2, errors: 1 } })).toMatchObject({ failed: 3 })
  })
})

describe('closingLine', () => {
  test('sums over the suites', () => {
    const results = [judgeRun(run), judgeRun({ ...run, code: 1, counted: { ...counted, passed: 4, failed: 2 } })]
    expect(closingLine(results)).toBe('7 passed, 2 failed')
    expect(allPassed(results)).toBe(false)
  })

  test('is no pass when nothing ran', () => {
    expect(closingLine([])).toBe('0 passed, 0 failed')
    expect(allPassed([])).toBe(false)
  })
})

test('describeResult names what is odd', () => {
  expect(describeResult(judgeRun({ ...run, code: 1 }))).toBe(
    '  ✗ x: 3 passed, 1 failed, 1 skipped · failed although no test did (exit code 1)',
  )
})

test('describeResult has what failed, and the start of what it says', () => {
  const long = Array.from({ length: 30 }, (_, line) => `line ${line}`).join('\n')
  const told = describeResult(
    judgeRun({ ...run, code: 1, counted: { ...counted, failed: 1, failures: [`a › b\n${long}`] } }),
  )
  expect(told).toContain('\n      a › b\n      line 0\n')
  expect(told).not.toContain('line 20')
  expect(told.endsWith('…')).toBe(true)
})
