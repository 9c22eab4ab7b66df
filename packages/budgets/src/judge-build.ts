import { resolve } from 'node:path'
import type { BudgetResult, BuildReport } from '@paceline/build-graph'
import type { Baseline } from './baseline/resolve-baseline.ts'
import { resolveBaseline } from './baseline/resolve-baseline.ts'
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
  readonly baseline?: Baseline | undefined
}

/**
 * The verdict on a finished build: reads the size-limit file and the baseline, then evaluates. The plugin and the
 * command `paceline check` give the same answer because both ask here.
 *
 * @throws `PACELINE_BUDGET_NO_MATCH`, `PACELINE_SIZE_LIMIT_UNREADABLE`, and what `resolveBaseline` throws
 */
export async function judgeBuild(build: JudgedBuild): Promise<{ results: BudgetResult[]; baseline?: Baseline }> {
  const { report, budgets, root, outDir } = build
  const named = budgets.baseline
  const baseline =
    build.baseline ??
    (named === undefined ? undefined : await resolveBaseline({ baseline: named, root, current: report }))
  const checks =
    budgets.sizeLimit === undefined ? undefined : await measureChecks(resolve(root, budgets.sizeLimit), outDir, report)
  const results = evaluateBudgets(report, budgets, { baseline: baseline?.report, checks })
  return { results, ...(baseline ? { baseline } : {}) }
}
