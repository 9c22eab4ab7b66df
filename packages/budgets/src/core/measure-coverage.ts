import type { BuildReport } from '@paceline/build-graph'
import type { ResolvedBudgets } from '../resolve-options.ts'
import { matcher } from './measure-files.ts'
import type { Measured, Measurement } from './measurement.ts'
import { nearNames } from './near-names.ts'
import { sumOf } from './sum-of.ts'

/**
 * With `strict`: the bytes of all files that belong to no budget the user wrote and to no exemption. They must be 0.
 * A package's budget, a growth limit, and a limit on requests or depth cover no file.
 */
export function measureCoverage(
  report: BuildReport,
  { strict, exempt, severity }: ResolvedBudgets,
  measurements: readonly Measurement[],
): Measured {
  if (!strict) return { measurements: [], misses: [] }
  const names = report.files.map((file) => file.file)
  const shared = { limit: 0, unit: 'bytes', encoding: 'raw', severity, written: true } as const
  const misses: string[] = []
  const exemptions: Measurement[] = []
  for (const glob of exempt) {
    const files = names.filter(matcher(glob))
    if (files.length === 0)
      misses.push(`\`budgets.exempt\` '${glob}' matches no file. ${nearNames(glob, names, 'files')}`)
    const actual = sumOf(report, files, 'raw')
    exemptions.push({ ...shared, name: `exempt ${glob}`, kind: 'coverage', subject: glob, actual, files, exempt: true })
  }
  const budgets = measurements.filter(({ written, kind, unit }) => written && unit === 'bytes' && kind !== 'growth')
  const covered = new Set([...budgets, ...exemptions].flatMap((measurement) => measurement.files))
  const bare = names.filter((name) => !covered.has(name))
  const coverage: Measurement = {
    ...shared,
    name: 'coverage',
    kind: 'coverage',
    subject: bare.length === 1 ? bare[0]! : `${bare.length} files without a budget`,
    actual: sumOf(report, bare, 'raw'),
    files: bare,
  }
  return { measurements: [...exemptions, coverage], misses }
}
