import { formatBytes } from '@paceline/kit'
import pc from 'picocolors'
import { METRICS } from '../absolute/judge-limits.ts'
import type { LimitVerdict } from '../absolute/judge-limits.ts'
import { COUNT_NAMES, CPU_NAMES, percent } from '../compare/compare-builds.ts'
import type { RouteComparison } from '../compare/compare-builds.ts'
import { baselineOf } from '../result.ts'
import type { LabResult, MeasuredRoute } from '../result.ts'
import { coverage, figure, interval, METRIC_NAMES, sparkline } from './figures.ts'

type Colors = ReturnType<typeof pc.createColors>

/** The result for a terminal. */
export function renderText(result: LabResult, { color }: { readonly color: boolean }): string {
  const colors = pc.createColors(color)
  const blocks = [
    ...result.measurements.map((one) => measurement(one, baselineOf(result, one), colors)),
    ...(result.comparisons ?? []).map((one) => comparison(one, colors)),
  ]
  const end = [...(result.notes ?? []), summary(result, colors)].join('\n')
  return `${[...blocks, end].join('\n\n')}\n`
}

function measurement(one: MeasuredRoute, other: MeasuredRoute | undefined, colors: Colors): string {
  const first = METRICS.map((metric) => one.metrics[metric]).find((median) => median !== undefined)
  const sure = first === undefined ? '' : `; interval of the median, ${coverage(first)}`
  const title = `${colors.bold(one.route)} on ${one.profile}, ${one.kind} visit ${colors.dim(`(median of ${one.runs}${sure})`)}`
  const rows = METRICS.flatMap((metric) => {
    const median = one.metrics[metric]
    const verdict = one.verdicts.find((candidate) => candidate.metric === metric)
    if (!median) return verdict ? [[METRIC_NAMES[metric], 'not known', '', '', limitText(verdict, colors), '']] : []
    const before = other?.metrics[metric]
    return [
      [
        METRIC_NAMES[metric],
        figure(metric, median.median),
        interval(metric, median),
        sparkline(median),
        verdict ? limitText(verdict, colors) : '',
        before ? colors.dim(`baseline ${figure(metric, before.median)}`) : '',
      ],
    ]
  })
  return [
    title,
    ...columns(rows).map((row) => `  ${row}`),
    `  ${requests(one)}`,
    ...one.notes.map((note) => `  ${note}`),
  ].join('\n')
}

function limitText({ metric, limit, status, close }: LimitVerdict, colors: Colors): string {
  const text = `limit ${figure(metric, limit)}`
  if (status === 'unknown') return colors.yellow(`? ${text}`)
  const mark = status === 'holds' ? colors.green(`✓ ${text}`) : colors.red(`✗ ${text}`)
  return close ? `${mark} (close)` : mark
}

function requests({ requests: sums }: MeasuredRoute): string {
  const { all, ...kinds } = sums
  if (!all) return 'no requests'
  const parts = Object.entries(kinds)
    .sort(([, a], [, b]) => b.transferred - a.transferred)
    .map(([kind, sum]) => `${kind} ${sum.requests} / ${formatBytes(sum.transferred)}`)
  const cached = all.cached > 0 ? `, ${all.cached} from caches` : ''
  return `${all.requests} requests, ${formatBytes(all.transferred)}${cached}: ${parts.join(', ')}`
}

function comparison(one: RouteComparison, colors: Colors): string {
  const verdicts = {
    holds: colors.green('✓ no slower'),
    slower: colors.red('✗ slower'),
    noisy: colors.yellow('? cannot tell'),
  }
  const title = `${colors.bold(one.route)} against the baseline: ${verdicts[one.verdict]} ${colors.dim(`(${one.visits} visits each for counts, ${one.cpu[0]?.pairs ?? 0} pairs for times)`)}`
  const counts = one.counts.map((count) => [
    COUNT_NAMES[count.name],
    count.baseline.toLocaleString('en'),
    count.candidate.toLocaleString('en'),
    percent(count.ratio),
    mark(count.status, colors),
    colors.dim(count.noise === 0 ? 'never varies' : `varies by ${(count.noise * 100).toFixed(1)} %`),
  ])
  const times = one.cpu.map((time) => [
    CPU_NAMES[time.name],
    `${time.baseline.toFixed(1)} ms`,
    `${time.candidate.toFixed(1)} ms`,
    percent(time.ratio),
    mark(time.status, colors),
    colors.dim(`99 %: ${percent(time.low)} to ${percent(time.high)}`),
  ])
  const modules = one.modules
    .slice(0, 8)
    .map((module) => [
      module.name,
      module.baseline.toLocaleString('en'),
      module.candidate.toLocaleString('en'),
      Number.isFinite(module.ratio) ? `${module.ratio.toFixed(2)}×` : 'new',
      mark(module.status, colors),
    ])
  return [
    title,
    ...one.reasons.map((reason) => `  ${one.verdict === 'slower' ? colors.red(reason) : colors.yellow(reason)}`),
    ...columns([...counts, ...times]).map((row) => `  ${row}`),
    ...(one.unsteady.length > 0 ? [`  ${colors.dim(unsteadyText(one))}`] : []),
    ...(modules.length > 0
      ? ['  Work by module, tokens that ran:', ...columns(modules).map((row) => `    ${row}`)]
      : []),
  ].join('\n')
}

/** What the sum of all work leaves out, and why. */
function unsteadyText({ unsteady, steadyShare }: RouteComparison): string {
  const names = unsteady.slice(0, 3).join(', ') + (unsteady.length > 3 ? `, and ${unsteady.length - 3} more` : '')
  return `${Math.round(steadyShare * 100)} % of the script work is steady and judged as a whole; what varies between visits: ${names}`
}

function mark(status: 'same' | 'more' | 'less' | 'noisy', colors: Colors): string {
  return { same: colors.dim('='), more: colors.red('more'), less: colors.green('less'), noisy: colors.yellow('noisy') }[
    status
  ]
}

function summary({ verdict, browser, site, baseline }: LabResult, colors: Colors): string {
  const text = {
    holds: colors.green('The contract holds.'),
    broken: colors.red('The contract does not hold.'),
    unknown: colors.yellow('It could not be told whether the contract holds.'),
  }[verdict]
  const against = baseline === undefined ? '' : ` against ${baseline}`
  return `${text} ${colors.dim(`${site}${against}, Chromium ${browser}`)}`
}

/** Cells below one another; colours take no room. */
function columns(rows: readonly (readonly string[])[]): string[] {
  // oxlint-disable-next-line no-control-regex -- Colours are control characters.
  const width = (cell: string): number => cell.replaceAll(/\u001B\[\d+m/g, '').length
  const count = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: count }, (_, at) => Math.max(0, ...rows.map((row) => width(row[at] ?? ''))))
  return rows.map((row) =>
    row
      .map((cell, at) => cell + ' '.repeat(widths[at]! - width(cell)))
      .join('  ')
      .trimEnd(),
  )
}
