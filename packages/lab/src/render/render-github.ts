import type { LabResult } from '../result.ts'
import { figure, METRIC_NAMES } from './figures.ts'

/** The result as annotations of GitHub Actions: one line for each limit that is broken and each route that became slower. */
export function renderGithub(result: LabResult): string {
  const lines: string[] = []
  const add = (level: 'error' | 'warning', title: string, message: string): void => {
    lines.push(`::${level} title=${property(title)}::${data(message)}`)
  }
  for (const { route, profile, verdicts } of result.measurements) {
    for (const { metric, limit, actual, status } of verdicts) {
      if (status === 'holds') continue
      const said = actual === undefined ? 'is not known' : `is ${figure(metric, actual)}`
      const message = `${METRIC_NAMES[metric]} of ${route} on ${profile} ${said}; the limit is ${figure(metric, limit)}.`
      add(status === 'broken' ? 'error' : 'warning', `Lab: ${METRIC_NAMES[metric]}`, message)
    }
  }
  for (const { route, verdict, reasons } of result.comparisons ?? []) {
    if (verdict === 'holds') continue
    const level = verdict === 'slower' ? 'error' : 'warning'
    const title = verdict === 'slower' ? 'Lab: slower than the baseline' : 'Lab: too noisy to tell'
    add(level, title, `${route}: ${reasons.join('; ')}`)
  }
  if (lines.length === 0) add('warning', 'Lab', 'Nothing was held to a limit.')
  return result.verdict === 'holds' ? '' : `${lines.join('\n')}\n`
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
