import { relative } from 'node:path'
import { formatBytes, formatDelta } from '@paceline/kit'
import pc from 'picocolors'
import type { Io } from '../io.ts'
import type { PlanAge, PlanLoad, PlannedRoute } from './compare-plans.ts'
import type { PlanAnswer } from './make-plan.ts'

const LISTED = 12

/** The plan's figures for the terminal. */
export function renderPlan(answer: PlanAnswer, check: boolean, io: Io): string {
  const colors = pc.createColors(io.color)
  const { routes, mean, chunks, remarks } = answer
  const what = chunks === 0 ? "the bundler's own chunks" : `${chunks} chunks`
  const file = relative(io.cwd, answer.file) || answer.file
  const listed = routes.slice(0, LISTED)
  const hasStored = mean.stored !== null
  const rows = [
    ['', 'default', ...(hasStored ? ['stored plan'] : []), 'new plan', 'gain'],
    row({ id: `mean of ${routes.length}`, ...mean }, hasStored),
    ...listed.map((route) => row(route, hasStored)),
  ]
  const more = routes.length - listed.length
  return `${[
    `${colors.bold(file)}  ${what}; JS of first loads, brotli / requests`,
    '',
    ...table(rows).map((line, index) => (index === 0 ? colors.dim(line) : line)),
    ...(more > 0 ? [colors.dim(`… and ${more} more; --json lists all`)] : []),
    '',
    verdict(answer, file, check, colors),
    ...(answer.broken === null ? [] : [colors.yellow(`What was there could not be followed: ${answer.broken}`)]),
    ...remarks.map((remark) => colors.yellow(remark)),
    ...(answer.followed
      ? []
      : [colors.yellow("No build follows it yet: set `chunks: { strategy: 'planned' }` in the config.")]),
  ].join('\n')}\n`
}

function verdict(
  { state, drift, threshold, written, changed, age }: PlanAnswer,
  file: string,
  check: boolean,
  colors: ReturnType<typeof pc.createColors>,
): string {
  const worst = drift ? `its first load of ${drift.route} is ${percent(drift.growth)} above what a new plan has` : ''
  if (!check) return written ? `${colors.green('wrote')} ${file}` : `${colors.green('✓')} ${file} is as it was`
  const options = changed.map((name) => `\`chunks.${name}\``).join(', ')
  const within = [...(worst === '' ? [] : [`${worst}, allowed ${percent(threshold)}`]), ...aged(age)].join('; ')
  const why = options === '' ? within : `it was made with other options (${options})`
  switch (state) {
    case 'new':
      return `${colors.red('✗')} there is no ${file}; \`paceline chunks plan\` makes it`
    case 'stale':
      return `${colors.red('✗')} ${file} is out of date: ${why}; \`paceline chunks plan\` makes it anew`
    case 'usable':
      return `${colors.green('✓')} ${file} is good enough: ${within}`
    case 'current':
      return `${colors.green('✓')} ${file} is what would be made today`
  }
}

function aged({ app, unexpected, gone }: PlanAge): string[] {
  return [
    ...(app === null ? [] : [`it says that it is for the app \`${app}\``]),
    ...(unexpected.length === 0 ? [] : [`it expects nothing of ${some(unexpected)}`]),
    ...(gone.length === 0
      ? []
      : [`it expects something of ${some(gone)}, which ${gone.length === 1 ? 'is' : 'are'} gone`]),
  ]
}

function some(routes: readonly string[]): string {
  const more = routes.length - 3
  return more > 1 ? `${routes.slice(0, 3).join(', ')} and ${more} more routes` : routes.join(', ')
}

function row({ id, default: usual, stored, planned }: PlannedRoute, hasStored: boolean): string[] {
  const base = (hasStored ? stored : undefined) ?? usual
  return [
    id,
    load(usual),
    ...(hasStored ? [load(stored)] : []),
    load(planned),
    base ? formatDelta(planned.bytes - base.bytes) : 'new',
  ]
}

function load(of: PlanLoad | null): string {
  return of ? `${formatBytes(of.bytes)} / ${of.requests}` : '—'
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)))
  return rows.map((cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd(),
  )
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`
}
