import type { Counted } from './suite-result.ts'

/** The part of vitest's `--reporter=json` that is read here. */
interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    /** Why the file did not load. */
    readonly message: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly fullName: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

/** Reads vitest's JSON report. A file that failed without a failed test in it did not load: that is an error. */
export function readVitestReport(json: string): Counted | undefined {
  const report = parse(json)
  if (report === undefined) return undefined
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    errors: broken.length,
    failures: [
      ...report.testResults.flatMap(({ name, assertionResults }) =>
        assertionResults
          .filter(({ status }) => status === 'failed')
          .map(({ fullName, failureMessages }) => `${name} › ${fullName}\n${failureMessages.join('\n')}`),
      ),
      ...broken.map(({ name, message }) => `${name}\n${message}`),
    ],
  }
}

function parse(json: string): VitestReport | undefined {
  try {
    const value: Partial<VitestReport> = JSON.parse(json)
    return typeof value.numPassedTests === 'number' && Array.isArray(value.testResults)
      ? (value as VitestReport)
      : undefined
  } catch {
    return undefined
  }
}
