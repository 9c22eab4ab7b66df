import type { BudgetResult, BuildReport } from '@paceline/build-graph'
import { budgetError } from '../errors.ts'
import type { ResolvedBudgets } from '../resolve-options.ts'
import type { MeasuredCheck } from '../size-limit/measure-checks.ts'
import { explain } from './explain.ts'
import type { Measured, Measurement } from './measurement.ts'
import { measureCoverage } from './measure-coverage.ts'
import { measureGlobs, measureKinds } from './measure-files.ts'
import { measureGrowth } from './measure-growth.ts'
import { measureInitial, measureInitials, measureRoutes } from './measure-loads.ts'
import { measureChunks, measurePackages } from './measure-parts.ts'
import { measureSizeLimit } from './measure-size-limit.ts'

export interface EvaluateContext {
  /** The report to compare with; needed for growth, and what explanations say grew. */
  readonly baseline?: BuildReport | undefined
  /** The entries of the size-limit file, measured on disk. */
  readonly checks?: readonly MeasuredCheck[] | undefined
}

/**
 * Holds a report against the budgets. Pure: same input, same results, in the order of the options.
 *
 * @throws `PACELINE_BUDGET_NO_MATCH` naming every budget the user wrote that matches nothing
 */
export function evaluateBudgets(
  report: BuildReport,
  budgets: ResolvedBudgets,
  context: EvaluateContext = {},
): BudgetResult[] {
  const { baseline } = context
  const measured = measure(report, budgets, context)
  const before = baseline ? countedBefore(baseline, budgets, context) : undefined
  return uniquelyNamed(measured).map((measurement, position) => {
    const status = verdict(measurement)
    const { name, kind, subject, limit, actual, unit, encoding } = measurement
    const result = { name, kind, subject, limit, actual, unit, encoding, status }
    if (status === 'pass' || status === 'exempt') return result
    const previous = before?.get(measured[position]!.name)
    return {
      ...result,
      explain: explain(report, measurement, baseline && previous ? { report: baseline, previous } : undefined),
    }
  })
}

function measure(report: BuildReport, budgets: ResolvedBudgets, { baseline, checks }: EvaluateContext): Measurement[] {
  const misses: string[] = []
  const collect = (measured: Measured): readonly Measurement[] => {
    misses.push(...measured.misses)
    return measured.measurements
  }
  const measurements = [
    ...(checks ? collect(measureSizeLimit(report, checks, budgets.severity)) : []),
    ...(budgets.initial ? collect(measureInitials(report, budgets.initial)) : []),
    ...collect(measureRoutes(report, budgets.routes)),
    ...collect(measureChunks(report, budgets.chunks)),
    ...collect(measurePackages(report, budgets.packages)),
    ...collect(measureKinds(report, budgets)),
    ...collect(measureGlobs(report, budgets.files)),
    ...(budgets.growth && baseline ? measureGrowth(report, baseline, budgets.growth) : []),
  ]
  measurements.push(...collect(measureCoverage(report, budgets, measurements)))
  if (misses.length > 0) throw budgetError('PACELINE_BUDGET_NO_MATCH', [misses])
  return measurements
}

/** What the same budgets counted in the baseline. There a budget that matches nothing is news, not a mistake. */
function countedBefore(
  baseline: BuildReport,
  budgets: ResolvedBudgets,
  { checks }: EvaluateContext,
): ReadonlyMap<string, Measurement> {
  const measurements = [
    ...(checks ? measureSizeLimit(baseline, checks, budgets.severity, true).measurements : []),
    ...(budgets.initial ? measureInitial(baseline, budgets.initial) : []),
    ...measureRoutes(baseline, budgets.routes).measurements,
    ...measureChunks(baseline, budgets.chunks).measurements,
    ...measurePackages(baseline, budgets.packages).measurements,
    ...measureKinds(baseline, budgets).measurements,
    ...measureGlobs(baseline, budgets.files).measurements,
    ...(budgets.growth ? measureGrowth(baseline, baseline, budgets.growth) : []),
  ]
  return new Map(measurements.map((measurement) => [measurement.name, measurement]))
}

function verdict({ exempt, actual, limit, severity }: Measurement): BudgetResult['status'] {
  if (exempt) return 'exempt'
  if (actual <= limit) return 'pass'
  return severity === 'error' ? 'fail' : 'warn'
}

/** Names are keys in a report; a size-limit entry may be called as one of our own budgets. */
function uniquelyNamed(measurements: readonly Measurement[]): Measurement[] {
  const taken = new Map<string, number>()
  return measurements.map((measurement) => {
    const count = (taken.get(measurement.name) ?? 0) + 1
    taken.set(measurement.name, count)
    return count === 1 ? measurement : { ...measurement, name: `${measurement.name} (${count})` }
  })
}
