import type { Counted } from './suite-result.ts'

/** The part of Playwright's `--reporter=json` that is read here. */
interface PlaywrightReport {
  readonly stats: {
    readonly expected: number
    readonly unexpected: number
    readonly flaky: number
    readonly skipped: number
  }
  readonly errors: readonly Said[]
  readonly suites: readonly Suite[]
}

interface Said {
  readonly message?: string
}

interface Suite {
  readonly suites?: readonly Suite[]
  readonly specs: readonly {
    readonly file: string
    readonly line: number
    readonly title: string
    readonly tests: readonly {
      readonly projectName: string
      readonly status: 'expected' | 'unexpected' | 'flaky' | 'skipped'
      readonly results: readonly { readonly errors: readonly Said[] }[]
    }[]
  }[]
}

/** Said beside the real error, or instead of one; that no test ran is seen from the figures. */
const NO_TESTS = /No tests found/

/** Reads Playwright's JSON report. A flaky test is a failed one. */
export function readPlaywrightReport(json: string): Counted | undefined {
  const report = parse(json)
  if (report === undefined) return undefined
  const { expected, unexpected, flaky, skipped } = report.stats
  const errors = report.errors.filter(({ message = '' }) => !NO_TESTS.test(message))
  return {
    passed: expected,
    failed: unexpected + flaky,
    skipped,
    errors: errors.length,
    failures: [...report.suites.flatMap(failuresOf), ...errors.map(({ message = '' }) => message)],
  }
}

function failuresOf({ suites = [], specs }: Suite): string[] {
  const own = specs.flatMap(({ file, line, title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ projectName, results }) => {
        const said = results.flatMap(({ errors }) => errors.map(({ message = '' }) => message))
        return [`[${projectName}] ${file}:${line} › ${title}`, ...said].join('\n')
      }),
  )
  return [...own, ...suites.flatMap(failuresOf)]
}

function parse(json: string): PlaywrightReport | undefined {
  try {
    const value: Partial<PlaywrightReport> = JSON.parse(json)
    return typeof value.stats?.expected === 'number' && Array.isArray(value.errors) && Array.isArray(value.suites)
      ? (value as PlaywrightReport)
      : undefined
  } catch {
    return undefined
  }
}
