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
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw budgetError('PACELINE_BASELINE_UNREADABLE', [baseline, `reading it says: ${reason}`], { cause })
  })
}

/** A baseline that ends in `.json` is a file; everything else is a git ref. */
export function isReportFile(baseline: string): boolean {
  return baseline.endsWith('.json')
}
