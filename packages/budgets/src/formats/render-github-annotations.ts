import type { BuildReport } from '@paceline/build-graph'
import type { ReportDiff } from '../diff/report-diff.ts'
import { count } from './figures.ts'
import { findingsOf } from './findings.ts'
import type { Finding } from './findings.ts'
import type { SourceOptions } from './locate.ts'

export interface AnnotationOptions extends SourceOptions {
  readonly diff?: ReportDiff
}

/** Budgets that one annotation names; the report has them all. */
const LISTED = 8

const COMMANDS = { error: 'error', warning: 'warning', note: 'notice' } as const

/**
 * Workflow commands that GitHub Actions shows at the importing line. Errors come first, since a step shows only its
 * first ten errors and ten warnings; what is said about one line is said in one annotation. Without findings there is
 * a notice: silence would look like a step that did not run.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */
export function renderGithubAnnotations(report: BuildReport, options: AnnotationOptions = {}): string {
  const groups = Map.groupBy(findingsOf(report, options.diff, options), placeOf)
  const lines = [...groups.values()].map((findings) => annotation(findings))
  if (lines.length === 0) {
    lines.push(command('notice', { title: 'Paceline' }, allHeld(report)))
  }
  return lines.map((line) => `${line}\n`).join('')
}

function allHeld({ budgets, rules }: BuildReport): string {
  const held = budgets.filter(({ status }) => status === 'pass').length
  const said = held > 0 ? `${count(held, 'budget')} checked, none overrun.` : 'No budget was checked.'
  return rules.length > 0 ? `${said} ${count(rules.length, 'rule')} checked, none broken.` : said
}

function placeOf({ level, location, identity }: Finding): string {
  return location ? [level, location.file, location.line].join('\0') : [level, ...identity].join('\0')
}

function annotation(findings: readonly Finding[]): string {
  const [first] = findings as [Finding, ...Finding[]]
  const title = findings.length === 1 ? first.title : `${first.title}, and ${findings.length - 1} more`
  const { file, line } = first.location ?? {}
  return command(COMMANDS[first.level], { file, line, title }, saidOnce(findings))
}

/** One import can overrun forty budgets: their figures in a list, what is said of the import below it, once. */
function saidOnce(findings: readonly Finding[]): string {
  const [heads, rest] = [new Set<string>(), new Set<string>()]
  for (const { message } of findings) {
    const [head = '', ...lines] = message.split('\n')
    heads.add(head)
    for (const line of lines) rest.add(line)
  }
  const listed = [...heads].slice(0, LISTED)
  const more = heads.size > LISTED ? [`… and ${heads.size - LISTED} more.`] : []
  return [...listed, ...more, ...rest].join('\n')
}

type Properties = Readonly<Record<string, string | number | undefined>>

function command(name: string, properties: Properties, message: string): string {
  const written = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`)
  return `::${name} ${written.join(',')}::${escapeData(message)}`
}

/** As `@actions/core` does it: the runner decodes exactly these, and splits properties at `,` and `:`. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
