import type { BudgetResult } from '@paceline/build-graph'
import type { BudgetChange } from './report-diff.ts'
import { compare } from './sizes.ts'

const ORDER: readonly BudgetChange['verdict'][] = ['broke', 'fixed', 'added', 'removed', 'changed']

/** Budgets whose verdict, limit or figure changed: broken ones first. */
export function diffBudgets(before: readonly BudgetResult[], after: readonly BudgetResult[]): BudgetChange[] {
  const old = new Map(before.map((result) => [result.name, result]))
  const now = new Map(after.map((result) => [result.name, result]))
  return [...new Set([...old.keys(), ...now.keys()])]
    .flatMap((name): BudgetChange[] => {
      const from = old.get(name)
      const to = now.get(name)
      const verdict = verdictOf(from, to)
      return verdict ? [{ name, ...(from ? { before: from } : {}), ...(to ? { after: to } : {}), verdict }] : []
    })
    .sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || compare(a.name, b.name))
}

function verdictOf(
  before: BudgetResult | undefined,
  after: BudgetResult | undefined,
): BudgetChange['verdict'] | undefined {
  if (after?.status === 'fail' && before?.status !== 'fail') return 'broke'
  if (before?.status === 'fail' && after && after.status !== 'fail') return 'fixed'
  if (!before) return 'added'
  if (!after) return 'removed'
  const same = (['status', 'actual', 'limit', 'unit', 'encoding'] as const).every((key) => before[key] === after[key])
  return same ? undefined : 'changed'
}
