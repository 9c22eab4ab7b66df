import type { BuildReport } from '@paceline/build-graph'
import type { Severity } from '../options.ts'
import type { MeasuredCheck } from '../size-limit/measure-checks.ts'
import type { Measured, Measurement } from './measurement.ts'
import { wholeScope } from '@paceline/build-graph'
import { matcher } from './measure-files.ts'

/**
 * The entries of a size-limit file. They were measured on disk, because their globs may match files that are no part
 * of the report: compressed siblings, files outside the output directory.
 *
 * @param again whether this is an older report, whose files are found by name through the same globs
 */
export function measureSizeLimit(
  report: BuildReport,
  checks: readonly MeasuredCheck[],
  severity: Severity,
  again = false,
): Measured {
  const misses = checks
    .filter((check) => check.files.length === 0)
    .map(
      (check) =>
        `\`budgets.sizeLimit\` entry '${check.name}' matches no file; its path is ${JSON.stringify(check.path)}.`,
    )
  const measurements = checks.map((check): Measurement => {
    const files = again
      ? report.files.map((file) => file.file).filter(matching(check))
      : check.files.flatMap((file) => file.emitted ?? [])
    return {
      name: check.name,
      kind: 'size-limit',
      subject: check.path.join(', '),
      limit: check.limit ?? 0,
      actual: check.files.reduce((sum, file) => sum + file.size, 0),
      unit: 'bytes',
      encoding: check.encoding,
      severity,
      files,
      written: true,
      scope: wholeScope(report, files),
      ...(check.limit === undefined ? { exempt: true as const } : {}),
    }
  })
  return { measurements, misses: again ? [] : misses }
}

function matching({ emitted: { include, exclude } }: MeasuredCheck): (file: string) => boolean {
  const included = include.map(matcher)
  const excluded = exclude.map(matcher)
  return (file) => included.some((matches) => matches(file)) && !excluded.some((matches) => matches(file))
}
