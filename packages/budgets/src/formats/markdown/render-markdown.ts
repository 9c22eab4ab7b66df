import type { BudgetResult, BuildReport } from '@paceline/build-graph'
import { formatDelta } from '@paceline/kit'
import type { Cause, ReportDiff } from '../../diff/report-diff.ts'
import { formatPlace, plainId } from '@paceline/build-graph'
import { count, formatOver } from '../figures.ts'
import { formatAmount } from '../../terminal/format-amount.ts'
import { code, writeSections } from './markdown-text.ts'
import type { Section } from './markdown-text.ts'
import { chainSections, diffSections, reportSections } from './markdown-sections.ts'

export interface MarkdownOptions {
  /** What changed since the baseline. */
  readonly diff?: ReportDiff
  /** How the baseline is called, e.g. `main (4f2a9c1)`. */
  readonly baseline?: string
  /** Heading; several apps of one repository tell their comments apart by it. */
  readonly title?: string
}

/** GitHub refuses comments above 65,536 characters. */
const LIMIT = 65_536

/**
 * A comment for a pull request: the verdict and a short table, then why, then everything else folded. The first line
 * is an invisible marker by which a script finds its earlier comment.
 */
export function renderMarkdown(report: BuildReport, options: MarkdownOptions = {}): string {
  const { diff, title = 'Paceline' } = options
  const head = [
    `<!-- paceline: ${title.replaceAll(/[<>-]/g, '')} -->`,
    `### ${headline(report, title)}`,
    '',
    summary(report, options),
    '',
  ].join('\n')
  const sections: Section[] = [
    overruns(report, diff),
    ...(diff ? [causes(diff)] : chainSections(report)),
    ...(diff ? diffSections(diff) : []),
    ...reportSections(report),
  ]
  return head + writeSections(sections, LIMIT - head.length)
}

function headline({ budgets }: BuildReport, title: string): string {
  const judged = budgets.filter(({ status }) => status !== 'exempt')
  const failed = judged.filter(({ status }) => status === 'fail').length
  const warned = judged.filter(({ status }) => status === 'warn').length
  if (judged.length === 0) return `${title}: no budgets to hold`
  if (failed > 0) return `❌ ${title}: ${failed} of ${count(judged.length, 'budget')} overrun`
  if (warned > 0) return `⚠️ ${title}: ${warned} of ${count(judged.length, 'budget')} overrun, as warnings`
  return `✅ ${title}: ${judged.length === 1 ? 'the budget holds' : `all ${judged.length} budgets hold`}`
}

function summary(report: BuildReport, { diff, baseline }: MarkdownOptions): string {
  if (!diff) return `Release ${code(report.release)}.`
  const against = baseline === undefined ? `release ${code(diff.before)}` : code(baseline)
  const { brotli, raw } = diff.total.delta
  if (diff.before === diff.after) return `Same output as ${against}, to the byte.`
  return `All files: **${formatDelta(brotli)}** brotli (${formatDelta(raw)} raw) against ${against}.`
}

function overruns({ budgets }: BuildReport, diff: ReportDiff | undefined): Section {
  const over = budgets.filter(({ status }) => status === 'fail' || status === 'warn')
  const before = new Map(diff?.budgets.map((change) => [change.name, change.before]))
  const change = (budget: BudgetResult): string => {
    const old = before.get(budget.name)
    if (!old || old.unit !== budget.unit || old.encoding !== budget.encoding) return ''
    return delta(budget.actual - old.actual, budget.unit)
  }
  const rows = over.map((budget) => [
    `${budget.status === 'fail' ? '❌' : '⚠️'} ${code(budget.name)}`,
    formatAmount(budget.actual, budget.unit) + (budget.unit === 'bytes' ? ` ${budget.encoding}` : ''),
    formatAmount(budget.limit, budget.unit),
    `**+${formatOver(budget)}**`,
    ...(diff ? [change(budget)] : []),
  ])
  return {
    title: 'Over budget',
    head: ['Budget', 'Actual', 'Limit', 'Over', ...(diff ? ['Change'] : [])],
    rows,
    folded: false,
  }
}

function causes(diff: ReportDiff): Section {
  const rows = diff.causes
    .slice(0, 10)
    .map((cause) => [
      code(formatPlace(cause.edge)),
      subjects(cause),
      loads(cause),
      formatDelta(cause.size.brotli),
      cause.others.length > 0
        ? `${formatDelta(-(cause.savesTogether ?? cause.saves).brotli)} with ${cause.others.map((step) => code(formatPlace(step))).join(', ')}`
        : formatDelta(-cause.saves.brotli),
    ])
  return {
    title: 'What came in, and through which import',
    head: ['Import', 'Brings', 'Into', 'brotli', 'Removing it'],
    text: 3,
    rows,
    folded: false,
  }
}

function subjects({ subjects }: Cause): string {
  const shown = subjects.slice(0, 3).map(({ name }) => code(plainId(name)))
  return shown.join(', ') + (subjects.length > 3 ? ` and ${subjects.length - 3} more` : '')
}

function loads({ loads }: Cause): string {
  if (loads.includes('initial')) return 'every visit'
  if (loads.length === 0) return 'later loads'
  return loads.slice(0, 2).map(code).join(', ') + (loads.length > 2 ? ` and ${loads.length - 2} more` : '')
}

/** A difference in any unit, with its sign. */
function delta(value: number, unit: BudgetResult['unit']): string {
  if (unit === 'bytes') return formatDelta(value)
  return `${value > 0 ? '+' : value < 0 ? '−' : '±'}${formatAmount(Math.abs(value), unit)}`
}
