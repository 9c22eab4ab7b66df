import { isAbsolute, resolve } from 'node:path'
import { readReport, type BuildReport } from '@paceline/build-graph'
import { budgetError } from '../errors.ts'

/**
 * Reads a saved report to compare with.
 *
 * @param baseline path of a saved report, relative to the root
 * @throws `PACELINE_BASELINE_UNREADABLE`
 */
export async function readBaseline(baseline: string, root: string): Promise<BuildReport> {
  const file = isAbsolute(baseline) ? baseline : resolve(root, baseline)
  return readReport(file).catch((cause: unknown) => {
    throw budgetError('PACELINE_BASELINE_UNREADABLE', [baseline, reasonOf(cause)], { cause })
  })
}

/** In the words of a baseline: what `readReport` advises is about the report of a build. */
function reasonOf(cause: unknown): string {
  const origin = cause instanceof Error ? cause.cause : undefined
  if (origin instanceof SyntaxError) return 'it is not JSON'
  if (origin instanceof Error) {
    return 'code' in origin && origin.code === 'ENOENT' ? 'there is no such file' : origin.message
  }
  return 'it is no report that this version of Paceline reads'
}

/** A baseline that ends in `.json` is a file; everything else is a git ref. */
export function isReportFile(baseline: string): boolean {
  return baseline.endsWith('.json')
}
