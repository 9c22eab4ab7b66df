import type { Counted } from './suite-result.ts'

/** The part of Playwright's `--reporter=json` that is read here. */
interface PlaywrightReport {
  readonly stats: {
    readonly expected: number
    readonly unexpected: number
    readonly flaky: number
    readonly skipped: number
  }
  readonly errors: readonly { readonly message?: string }[]
}

/** Said beside the real error, or instead of one; that no test ran is seen from the figures. */
const NO_TESTS = /No tests found/

/** Reads Playwright's JSON report. A flaky test is a failed one. */
export function readPlaywrightReport(json: string): Counted | undefined {
  const report = parse(json)
  if (report === undefined) return undefined
  const { expected, unexpected, flaky, skipped } = report.stats
  const errors = report.errors.filter(({ message = '' }) => !NO_TESTS.test(message))
  return { passed: expected, failed: unexpected + flaky, skipped, errors: errors.length }
}

function parse(json: string): PlaywrightReport | undefined {
  try {
    const value: Partial<PlaywrightReport> = JSON.parse(json)
    return typeof value.stats?.expected === 'number' && Array.isArray(value.errors)
      ? (value as PlaywrightReport)
      : undefined
  } catch {
    return undefined
  }
}
