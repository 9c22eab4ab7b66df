import { relative } from 'node:path'
import {
  diffReports,
  formatTerminal,
  renderDiffText,
  renderGithubAnnotations,
  renderJson,
  renderMarkdown,
  renderSarif,
} from '@paceline/budgets'
import type { ReportDiff } from '@paceline/budgets'
import { formatRules } from '@paceline/chunks'
import type { Format } from './choose-format.ts'
import type { JudgedContract } from './contract/judge-current.ts'
import { sourceOptions } from './contract/source-options.ts'
import type { Io } from './io.ts'
import { packageVersion } from './package-version.ts'

/** The verdict in any format; with a baseline, what changed since. */
export async function renderVerdict(judged: JudgedContract, format: Format, io: Io): Promise<string> {
  const diff = judged.baseline ? diffReports(judged.baseline.report, judged.report) : undefined
  switch (format) {
    case 'text':
      return verdictText(judged, io)
    case 'json':
      return renderJson(verdictJson(judged, diff))
    default:
      return renderForReview(judged, diff, format)
  }
}

/** What changed, in any format; the verdict comes with it. */
export async function renderDiff(judged: JudgedContract, diff: ReportDiff, format: Format, io: Io): Promise<string> {
  switch (format) {
    case 'text':
      return `${renderDiffText(diff, { color: io.color, ...named(judged) })}\n${verdictText(judged, io)}`
    case 'json':
      return renderJson({ ...verdictJson(judged, undefined), diff })
    default:
      return renderForReview(judged, diff, format)
  }
}

async function renderForReview(
  judged: JudgedContract,
  diff: ReportDiff | undefined,
  format: 'markdown' | 'sarif' | 'github',
): Promise<string> {
  const { report, contract } = judged
  const compared = diff ? { diff } : {}
  if (format === 'markdown') return renderMarkdown(report, { ...compared, ...named(judged) })
  const sources = await sourceOptions(contract)
  if (format === 'github') return renderGithubAnnotations(report, { ...compared, ...sources })
  return renderSarif(report, { ...compared, ...sources, version: packageVersion() })
}

function named({ baseline }: JudgedContract): { readonly baseline?: string } {
  return baseline ? { baseline: baseline.name } : {}
}

function verdictText({ report, page }: JudgedContract, io: Io): string {
  const file = relative(io.cwd, page)
  const style = { color: io.color, columns: io.columns }
  const rules = formatRules(report.rules, style)
  const budgets = formatTerminal(report.budgets, { ...style, reportFile: file })
  // As the build printed them: the rules, then the budgets.
  if (rules === undefined) return `${budgets}\n`
  return report.budgets.length === 0 ? `${rules}\n` : `${rules}\n${budgets}\n`
}

function verdictJson({ report, baseline, code }: JudgedContract, diff: ReportDiff | undefined): object {
  return {
    schemaVersion: 1,
    verdict: code === 0 ? 'holds' : 'broken',
    release: report.release,
    ...(baseline ? { baseline: { name: baseline.name, release: baseline.report.release } } : {}),
    budgets: report.budgets,
    rules: report.rules,
    ...(diff ? { diff } : {}),
  }
}
