import type { BuildReport } from '@paceline/build-graph'
import { count } from './figures.ts'

/** The verdict on a report in one line, the same words on every page. */
export interface VerdictLine {
  readonly status: 'fail' | 'warn' | 'pass' | 'none'
  /** Begins in lower case: `2 of 5 budgets overrun, 1 rule broken`, `all 5 budgets and 4 rules hold`. */
  readonly text: string
}

/** Budgets and rules together: they are one contract. */
export function verdictLine({ budgets, rules }: Pick<BuildReport, 'budgets' | 'rules'>): VerdictLine {
  const judged = budgets.filter(({ status }) => status !== 'exempt')
  const wrong = (status: 'fail' | 'warn'): string => {
    const overrun = judged.filter((budget) => budget.status === status).length
    const broken = rules.filter((rule) => rule.status === status).length
    return [
      ...(overrun > 0 ? [`${overrun} of ${count(judged.length, 'budget')} overrun`] : []),
      ...(broken > 0 ? [`${count(broken, 'rule')} broken`] : []),
    ].join(', ')
  }
  const [failed, warned] = [wrong('fail'), wrong('warn')]
  if (failed !== '') return { status: 'fail', text: failed }
  if (warned !== '')
    return { status: 'warn', text: `${warned}, as ${/^1 [^,]*$/.test(warned) ? 'a warning' : 'warnings'}` }
  if (judged.length === 0 && rules.length === 0) return { status: 'none', text: 'no budgets to hold' }
  const held = [
    ...(judged.length > 0 ? [judged.length === 1 ? 'the budget' : `all ${judged.length} budgets`] : []),
    ...(rules.length > 0
      ? [rules.length === 1 ? 'the rule' : judged.length > 0 ? `${rules.length} rules` : `all ${rules.length} rules`]
      : []),
  ]
  return { status: 'pass', text: `${held.join(' and ')} ${judged.length + rules.length === 1 ? 'holds' : 'hold'}` }
}
