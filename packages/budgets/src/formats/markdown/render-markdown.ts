import type { BudgetResult, BuildReport } from '@paceline/build-graph'
import { formatBytes, formatDelta } from '@paceline/kit'
import type { Cause, ReportDiff } from '../../diff/report-diff.ts'
import { formatPlace, plainId } from '@paceline/build-graph'
import { formatOver } from '../figures.ts'
import { verdictLine } from '../verdict-line.ts'
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
    brokenRules(report, diff),
    ...(diff ? [mendedRules(diff)] : []),
    ...(diff ? [causes(diff)] : chainSections(report)),
    ...(diff ? diffSections(diff) : []),
    ...reportSections(report),
  ]
  return head + writeSections(sections, LIMIT - head.length)
}

const MARKS = { fail: '❌ ', warn: '⚠️ ', pass: '✅ ', none: '' } as const

function headline(report: BuildReport, title: string): string {
  const { status, text } = verdictLine(report)
  return `${MARKS[status]}${title}: ${text}`
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

function brokenRules({ rules }: BuildReport, diff: ReportDiff | undefined): Section {
  const broke = new Set(diff?.rules.flatMap(({ broken }) => broken))
  const broken = [
    ...rules.filter(({ status }) => status === 'fail'),
    ...rules.filter(({ status }) => status === 'warn'),
  ]
  const rows = broken.flatMap(({ rule, status, violations }) =>
    violations.map((violation) => {
      const { message, chain, bytes, fix } = violation
      return [
        `${status === 'fail' ? '❌' : '⚠️'} ${code(rule)}${broke.has(violation) ? ' new' : ''}`,
        [spans(message), ...(fix === undefined ? [] : [spans(fix)])].join(' '),
        chain.map((step) => code(formatPlace(step))).join(' → '),
        bytes ? formatBytes(bytes) : '',
      ]
    }),
  )
  return {
    title: 'Broken rules',
    head: ['Rule', 'What and what to do', 'Import chain', 'brotli'],
    text: 3,
    rows,
    folded: false,
  }
}

function mendedRules({ rules }: ReportDiff): Section {
  const rows = rules.flatMap(({ rule, fixed }) => fixed.map(({ message }) => [`✅ ${code(rule)}`, spans(message)]))
  return { title: 'Violations that are gone', head: ['Rule', 'What was wrong'], text: 2, rows, folded: true }
}

/** A sentence that names things in backticks, safe in a table: the names as code, the rest as text. */
function spans(sentence: string): string {
  return sentence
    .split(/(`[^`]+`)/)
    .map((part) =>
      /^`[^`]+`$/.test(part) ? code(part.slice(1, -1)) : part.replaceAll(/[|<>*_@#[\]]/g, String.raw`\$&`),
    )
    .join('')
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
