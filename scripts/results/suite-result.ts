import { stripVTControlCharacters } from 'node:util'

/** What one test runner or one check came to. */
export interface SuiteResult {
  readonly name: string
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** Why the figures do not tell the whole story: a crash, no tests. */
  readonly problem?: string
  /** The tests that failed, each with what it says. */
  readonly failures?: readonly string[]
}

/** How a test runner ended, and what it counted if it came to that. */
export interface RunOutcome {
  readonly name: string
  /** Exit code; null when a signal ended it. */
  readonly code: number | null
  /** Figures from the runner's own report; undefined when it left none that can be read. */
  readonly counted: Counted | undefined
}

/** The figures of a runner's report. */
export interface Counted {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** Errors outside of any test: a file that does not load, a server that does not start. */
  readonly errors: number
  /** What failed: where, and what it says. */
  readonly failures: readonly string[]
}

/**
 * The verdict on one run. What cannot be counted is one failure: a runner that crashed, left no report, ran no test,
 * or exits non-zero though no test failed.
 */
export function judgeRun({ name, code, counted }: RunOutcome): SuiteResult {
  const how = code === null ? 'ended by a signal' : `exit code ${code}`
  if (counted === undefined) {
    return { name, passed: 0, failed: 1, skipped: 0, problem: `left no report (${how})` }
  }
  const { passed, skipped, errors } = counted
  const failures = counted.failures.length === 0 ? {} : { failures: counted.failures }
  const failed = counted.failed + errors
  if (passed + counted.failed === 0) {
    return { name, passed, failed: Math.max(failed, 1), skipped, ...failures, problem: `ran no test (${how})` }
  }
  if (failed === 0 && code !== 0) {
    return { name, passed, failed: 1, skipped, problem: `failed although no test did (${how})` }
  }
  if (errors > 0) return { name, passed, failed, skipped, ...failures, problem: `${errors} outside of any test` }
  return { name, passed, failed, skipped, ...failures }
}

/** The closing line. */
export function closingLine(results: readonly SuiteResult[]): string {
  return `${total(results, 'passed')} passed, ${total(results, 'failed')} failed`
}

/** Whether everything that ran passed, and something ran. */
export function allPassed(results: readonly SuiteResult[]): boolean {
  return total(results, 'failed') === 0 && total(results, 'passed') > 0
}

/** One line about one suite, and what failed in it: whoever reads the end of a long log has it all. */
export function describeResult({ name, passed, failed, skipped, problem, failures = [] }: SuiteResult): string {
  const parts = [`${passed} passed`, `${failed} failed`]
  if (skipped > 0) parts.push(`${skipped} skipped`)
  const first = `  ${failed === 0 ? '✓' : '✗'} ${name}: ${parts.join(', ')}${problem === undefined ? '' : ` · ${problem}`}`
  return [first, ...failures.slice(0, FAILURES_TOLD).map(indent)].join('\n')
}

/** More of them have one reason, mostly. */
const FAILURES_TOLD = 10
const LINES_TOLD = 15

/** What a failed test says can be the whole output of a build. */
function indent(failure: string): string {
  const lines = stripVTControlCharacters(failure).split('\n')
  const kept = lines.length > LINES_TOLD ? [...lines.slice(0, LINES_TOLD), '…'] : lines
  return kept.map((line) => `      ${line}`).join('\n')
}

function total(results: readonly SuiteResult[], key: 'passed' | 'failed'): number {
  return results.reduce((sum, result) => sum + result[key], 0)
}
