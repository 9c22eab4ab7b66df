import { resolve } from 'node:path'
import type { BudgetResult, BuildReport } from '@paceline/build-graph'
import { readBaseline } from './adapters/read-baseline.ts'
import { evaluateBudgets } from './core/evaluate-budgets.ts'
import type { ResolvedBudgets } from './resolve-options.ts'
import { measureChecks } from './size-limit/measure-checks.ts'

/** A finished build and where it lies. */
export interface JudgedBuild {
  readonly report: BuildReport
  readonly budgets: ResolvedBudgets
  /** The Vite root, absolute. */
  readonly root: string
  /** The output directory, absolute. */
  readonly outDir: string
  /** A baseline that is at hand already; read as `budgets.baseline` says when absent. */
  readonly baseline?: BuildReport | undefined
}

/**
 * The verdict on a finished build: reads the size-limit file and the baseline, then evaluates. The plugin and the
 * command `paceline check` give the same answer because both ask here.
 *
 * @throws `PACELINE_BUDGET_NO_MATCH`, `PACELINE_SIZE_LIMIT_UNREADABLE`, `PACELINE_BASELINE_UNREADABLE`
 */
export async function judgeBuild(build: JudgedBuild): Promise<{ results: BudgetResult[]; baseline?: BuildReport }> {
  const { report, budgets, root, outDir } = build
  const baseline =
    build.baseline ?? (budgets.baseline === undefined ? undefined : await readBaseline(budgets.baseline, root))
  const checks =
    budgets.sizeLimit === undefined ? undefined : await measureChecks(resolve(root, budgets.sizeLimit), outDir, report)
  return { results: evaluateBudgets(report, budgets, { baseline, checks }), ...(baseline ? { baseline } : {}) }
}
