import { formatBytes } from '@paceline/kit'
import pc from 'picocolors'
import type { ReplayResult, StrategyResult } from './replay-result.ts'

/** The result for the terminal: the strategies, then each deploy. */
export function renderReplay({ range, strategies, deploys, skipped }: ReplayResult, color: boolean): string {
  const colors = pc.createColors(color)
  const names = strategies.map(({ name }) => name)
  const routes = new Set(deploys.flatMap((deploy) => Object.keys(deploy.strategies[names[0]!]?.routes ?? {})))
  const title = `${colors.bold(range)}  ${count(deploys.length, 'deploy')}, ${count(routes.size, 'route')}; what a returning visitor downloads, brotli`
  const rows = deploys.map(({ commit, subject, strategies: by }) => [
    `${commit.slice(0, 7)} ${short(subject)}`,
    ...names.map((name) => formatBytes(by[name]!.mean)),
  ])
  const left = skipped.map(({ commit, subject, reason }) =>
    colors.dim(`  ${commit.slice(0, 7)} ${short(subject)}: ${shortReason(reason)}`),
  )
  return `${[
    [title, '', ...table(summaryRows(strategies), colors)],
    table([['mean over routes, per deploy', ...names], ...rows], colors),
    ...(left.length > 0 ? [[`${count(left.length, 'commit')} left out`, ...left]] : []),
  ]
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function summaryRows(strategies: readonly StrategyResult[]): string[][] {
  const base = strategies[0]!.name
  const withDeltas = strategies.some(({ deltas }) => deltas)
  const head = [
    'per deploy and route',
    'mean',
    `× ${base}`,
    'total',
    ...(withDeltas ? ['with deltas', `× ${base}`] : []),
  ]
  return [
    [...head, 'first load', `× ${base}`, 'requests'],
    ...strategies.map(({ name, mean, total, ratio, deltas, firstLoad }) => [
      name,
      formatBytes(mean),
      ratio.toFixed(2),
      formatBytes(total),
      ...(withDeltas ? [deltas ? formatBytes(deltas.mean) : '', deltas ? deltas.ratio.toFixed(2) : ''] : []),
      formatBytes(firstLoad.bytes),
      firstLoad.ratio.toFixed(3),
      firstLoad.requests.toFixed(1),
    ]),
  ]
}

/** The first column to the left, figures to the right. */
function table(rows: readonly (readonly string[])[], colors: ReturnType<typeof pc.createColors>): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row, index) => {
    const line = row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  ')
    return index === 0 ? colors.dim(line) : line
  })
}

/** The line of a build's failure that says something. */
export function shortReason(reason: string): string {
  const lines = reason.split('\n').map((line) => line.trim())
  const telling = lines.find((line) => line !== '' && !/it says:$|^Build failed/.test(line))
  const strategy = /^([a-z+]+): .*it says:$/.exec(lines[0] ?? '')?.[1]
  return `${strategy === undefined ? '' : `${strategy}: `}${telling ?? lines[0] ?? ''}`
}

function short(subject: string): string {
  return subject.length > 40 ? `${subject.slice(0, 39)}…` : subject
}

function count(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`
}
