import { formatBytes } from '@paceline/kit'
import { METRICS } from '../absolute/judge-limits.ts'
import { COUNT_NAMES, CPU_NAMES, percent } from '../compare/compare-builds.ts'
import type { RouteComparison } from '../compare/compare-builds.ts'
import { baselineOf } from '../result.ts'
import type { LabResult, MeasuredRoute } from '../result.ts'
import { figure, interval, METRIC_NAMES } from './figures.ts'

const VERDICTS = {
  holds: 'The performance contract holds in the lab',
  broken: 'The performance contract does not hold in the lab',
  unknown: 'The lab could not tell whether the performance contract holds',
}

/** The result for a pull request. */
export function renderMarkdown(result: LabResult): string {
  const sections = [
    `### ${VERDICTS[result.verdict]}`,
    ...(result.comparisons ?? []).map(comparisonSection),
    ...(result.measurements.length > 0 ? [measurementTable(result)] : []),
    ...(result.notes ?? []).map(escape),
    `<sub>Chromium ${result.browser}; times are medians with their intervals.</sub>`,
  ]
  return `${sections.join('\n\n')}\n`
}

function measurementTable(result: LabResult): string {
  const { measurements } = result
  const used = METRICS.filter((metric) => measurements.some(({ metrics }) => metrics[metric]))
  const head = ['page', 'profile', 'visit', ...used.map((metric) => METRIC_NAMES[metric]), 'requests', 'bytes']
  const row = (one: MeasuredRoute, label: string): string[] => [
    `${escape(one.route)}${label}`,
    one.profile,
    one.kind,
    ...used.map((metric) => {
      const median = one.metrics[metric]
      const verdict = one.verdicts.find((candidate) => candidate.metric === metric)
      const mark = verdict === undefined ? '' : { holds: ' ✓', broken: ' ✗', unknown: ' ?' }[verdict.status]
      if (!median) return verdict ? '?' : ''
      return `${figure(metric, median.median)}${mark}<br><sub>${interval(metric, median)}</sub>`
    }),
    String(one.requests.all?.requests ?? 0),
    formatBytes(one.requests.all?.transferred ?? 0),
  ]
  const rows = measurements.flatMap((one) => {
    const before = baselineOf(result, one)
    return [row(one, ''), ...(before ? [row(before, ' (baseline)')] : [])]
  })
  return table(head, rows)
}

function comparisonSection(one: RouteComparison): string {
  const verdict = {
    holds: 'no slower than the baseline',
    slower: '**slower than the baseline**',
    noisy: 'too noisy to tell',
  }
  const lines = one.reasons.map((reason) => `- ${reason}`)
  const rows = [
    ...one.counts.map((count) => [
      COUNT_NAMES[count.name],
      count.baseline.toLocaleString('en'),
      count.candidate.toLocaleString('en'),
      percent(count.ratio),
      count.status,
    ]),
    ...one.cpu.map((time) => [
      CPU_NAMES[time.name],
      `${time.baseline.toFixed(1)} ms`,
      `${time.candidate.toFixed(1)} ms`,
      `${percent(time.ratio)} (${percent(time.low)} to ${percent(time.high)})`,
      time.status,
    ]),
    ...one.modules
      .slice(0, 20)
      .map((module) => [
        `\`${escape(module.name)}\``,
        module.baseline.toLocaleString('en'),
        module.candidate.toLocaleString('en'),
        Number.isFinite(module.ratio) ? `${module.ratio.toFixed(2)}×` : 'new',
        module.status,
      ]),
  ]
  const details = table(['', 'baseline', 'candidate', 'change', ''], rows)
  return [
    `#### ${escape(one.route)}: ${verdict[one.verdict]}`,
    ...(lines.length > 0 ? [lines.join('\n')] : []),
    `<details><summary>All counts and times</summary>\n\n${details}\n\n</details>`,
  ].join('\n\n')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Names come from addresses and sources: they are shown, not read as markup. */
function escape(text: string): string {
  return text.replaceAll(/[|<>]/g, (character) => `&#${character.codePointAt(0)};`)
}
