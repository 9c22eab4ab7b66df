import type { BudgetResult, BuildReport, ChainStep, RuleResult, RuleViolation, Sizes } from '@paceline/build-graph'
import { formatBytes } from '@paceline/kit'
import type { Cause, ReportDiff } from '../diff/report-diff.ts'
import { formatPlace, plainId } from '@paceline/build-graph'
import { formatFigure, formatOver } from './figures.ts'
import { formatAmount } from '../terminal/format-amount.ts'
import { locate } from './locate.ts'
import type { Location, SourceOptions } from './locate.ts'

/** Something to say at a line of somebody's code: what annotations and SARIF are made of. */
export interface Finding {
  /** `budget/initial`, `import/heavy`, `rule/<name>`. */
  readonly rule: string
  readonly level: 'error' | 'warning' | 'note'
  readonly title: string
  readonly message: string
  readonly location?: Location
  /** What it is about, without lines and figures: stays the same when code above it moves. */
  readonly identity: readonly string[]
  readonly chain: readonly ChainStep[]
  /** Why it is accepted for a while, and until when. */
  readonly accepted?: string
}

/**
 * Overruns and broken rules of a report, each at the import that answers for it; with a diff, that is the import that
 * is new, and new imports that broke nothing follow as notes.
 */
export function findingsOf(report: BuildReport, diff: ReportDiff | undefined, options: SourceOptions = {}): Finding[] {
  const overruns = report.budgets.filter(({ status }) => status === 'fail' || status === 'warn')
  const blamed = new Set<Cause>()
  const findings = overruns.map((budget) => {
    const cause = diff?.causes.find((candidate) => weighsOn(candidate, budget))
    if (cause) blamed.add(cause)
    return overrun(budget, cause, options)
  })
  const broke = new Set(diff?.rules.flatMap(({ broken }) => broken))
  const news = (diff?.causes ?? []).filter((cause) => cause.isNew && !blamed.has(cause))
  return [
    ...findings,
    ...newFirst(report.rules.flatMap((rule) => brokenRule(rule, broke, options))),
    ...news.map((cause) => arrival(cause, options)),
  ].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))
}

/** Violations that are accepted until a day. They are no news, but alerts of other tools would take them for fixed. */
export function acceptedFindings({ rules }: BuildReport, options: SourceOptions = {}): Finding[] {
  return rules.flatMap(({ rule, suppressed = [] }) =>
    suppressed.map((violation): Finding => {
      const { reason, until } = violation
      return { ...ruleFinding(rule, violation, 'warning', options), accepted: `${reason} (until ${until})` }
    }),
  )
}

const LEVELS: readonly Finding['level'][] = ['error', 'warning', 'note']

/** Whether what came in through an import counts in a budget. */
function weighsOn(cause: Cause, { kind, subject, explain }: BudgetResult): boolean {
  if (kind === 'initial') return cause.loads.includes('initial')
  if (kind === 'route') return cause.loads.includes('initial') || cause.loads.includes(subject)
  if (kind === 'package') return cause.subjects.some(({ name }) => name === subject)
  const grew = new Set(explain?.grew?.map(({ id }) => id))
  return grew.size === 0 || cause.subjects.some(({ name }) => grew.has(name))
}

function overrun(budget: BudgetResult, cause: Cause | undefined, options: SourceOptions): Finding {
  const { name, kind, subject, actual, limit, unit, status, explain } = budget
  const best = explain?.chains[0]
  const chain = cause?.chain ?? best?.steps ?? []
  const location = locate(chain, options)
  const lines = [
    `${name} is ${formatFigure(actual, budget)}, ${formatOver(budget)} over its limit of ${formatAmount(limit, unit)}.`,
    ...(cause ? [causeText(cause)] : best ? [chainText(best.subject, best.steps, formatBytes(best.saves))] : []),
  ]
  const edge = cause?.edge ?? chain.at(-1)
  return {
    rule: `budget/${kind}`,
    level: status === 'fail' ? 'error' : 'warning',
    title: `${name} is over its budget`,
    message: lines.join('\n'),
    ...(location ? { location } : {}),
    identity: [name, subject, edge?.importer ?? '', edge?.importee ?? ''],
    chain,
  }
}

function arrival(cause: Cause, options: SourceOptions): Finding {
  const location = locate(cause.chain, options)
  return {
    rule: 'import/new',
    level: 'note',
    title: NEW + subjectsText(cause),
    message: causeText(cause),
    ...(location ? { location } : {}),
    identity: ['import', cause.edge.importer, cause.edge.importee],
    chain: cause.chain,
  }
}

/** A step shows ten errors: those that were not there before come before the others. */
function newFirst(findings: readonly Finding[]): Finding[] {
  const isNew = ({ title }: Finding): number => Number(title.startsWith(NEW))
  return findings.toSorted((a, b) => isNew(b) - isNew(a))
}

const NEW = 'New: '

/** @param broke violations that are new */
function brokenRule(
  { rule, status, violations }: RuleResult,
  broke: ReadonlySet<RuleViolation>,
  options: SourceOptions,
): Finding[] {
  if (status === 'pass') return []
  return violations.map((violation): Finding => {
    const { severity } = violation
    const isError = severity === undefined ? status === 'fail' : severity === 'error'
    const finding = ruleFinding(rule, violation, isError ? 'error' : 'warning', options)
    return broke.has(violation) ? { ...finding, title: NEW + finding.title } : finding
  })
}

function ruleFinding(
  rule: RuleResult['rule'],
  violation: RuleViolation,
  level: Finding['level'],
  options: SourceOptions,
): Finding {
  const { message, chain, subject } = violation
  const location = locate(chain, options)
  const edge = chain.at(-1)
  return {
    rule: `rule/${rule}`,
    level,
    title: subject === undefined ? rule : `${rule}: ${plainId(subject)}`,
    message: violationText(violation),
    ...(location ? { location } : {}),
    identity: [rule, subject ?? '', edge?.importer ?? message, edge?.importee ?? ''],
    chain,
  }
}

/** What is wrong, then what it costs and what would mend it. */
export function violationText({ message, bytes, fix }: RuleViolation): string {
  const weight = bytes === undefined || bytes === 0 ? [] : [`It costs ${formatBytes(bytes)} brotli.`]
  return [message, [...weight, ...(fix === undefined ? [] : [fix])].join(' ')].filter((line) => line !== '').join('\n')
}

/** One sentence or two: where, what came in, how heavy, for whom, and what helps. */
export function causeText(cause: Cause): string {
  const { edge, isNew, size, saves, others, savesTogether } = cause
  const where = cause.loads.includes('initial')
    ? 'every visit'
    : cause.loads.length > 0
      ? cause.loads.slice(0, 3).join(', ') +
        (cause.loads.length > 3 ? ` and ${cause.loads.length - 3} more routes` : '')
      : 'the build, loaded later'
  const start = `${isNew ? 'The new import' : 'The import'} at ${formatPlace(edge)} brings ${subjectsText(cause)} into ${where}: ${sizeText(size)}.`
  if (others.length === 0) return `${start} Removing it saves ${sizeText(saves)}.`
  return `${start} So do ${others.map(formatPlace).join(', ')}; removing all of them saves ${sizeText(savesTogether ?? saves)}.`
}

export function subjectsText({ subjects }: Pick<Cause, 'subjects'>): string {
  const names = subjects.slice(0, 3).map(({ name }) => plainId(name))
  return names.join(', ') + (subjects.length > 3 ? ` and ${subjects.length - 3} more` : '')
}

function chainText(subject: string, steps: readonly ChainStep[], saves: string): string {
  const way = steps.map(formatPlace).join(' → ')
  return `${plainId(subject)} comes in through ${way} → ${plainId(subject)}. Removing the app's last import of this chain saves ${saves}.`
}

function sizeText({ brotli, raw }: Sizes): string {
  return `${formatBytes(brotli)} brotli (${formatBytes(raw)} raw)`
}
