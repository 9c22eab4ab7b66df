import { plainId } from '@paceline/budgets'
import { formatBytes, formatDelta } from '@paceline/kit'
import pc from 'picocolors'
import type { RouteComparison } from '../rebuild/compare-loads.ts'
import type { EditFailure, EditOutcome, WhatIfAnswer } from './ask-what-if.ts'

type Colors = ReturnType<typeof pc.createColors>

const LISTED = 8

/** The answer for the terminal: the best change first, its routes below it. */
export function renderWhatIf({ release, edits, failed, total }: WhatIfAnswer, color: boolean): string {
  const colors = pc.createColors(color)
  const blocks = [
    ...edits.map((outcome) => outcomeLines(outcome, release, total, colors)),
    ...failed.map((failure) => failureLines(failure, colors)),
    [colors.dim('First loads in brotli, from real rebuilds. Whether the app still works was not checked.')],
  ]
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function outcomeLines(outcome: EditOutcome, release: string, total: number, colors: Colors): string[] {
  const { loads, left } = outcome
  if (outcome.release === release) return [`${colors.bold(outcome.edit)}  changes nothing: the same files`]
  const all = `all JS and CSS ${formatDelta(outcome.total - total)}`
  return [
    `${colors.bold(outcome.edit)}  ${formatDelta(-loads.saves)} per route (mean of ${formatBytes(loads.before)}), ${all}`,
    ...routeLines(loads.routes, colors),
    ...left
      .slice(0, LISTED)
      .map(({ importer, importee }) =>
        colors.yellow(`  ${plainId(importer)} still imports ${plainId(importee)}: it is CommonJS`),
      ),
  ]
}

/** The routes with a figure each. Routes that change alike, as they do when the first load changes, are one line. */
export function routeLines(routes: readonly RouteComparison[], colors: Colors): string[] {
  const changed = routes.filter((route) => change(route) !== '±0 B')
  const groups = Map.groupBy(changed, (route) => `${route.before?.brotli} ${route.after?.brotli}`)
  const rows = [...groups.values()].map((group) => {
    const names = group.map(({ id }) => id)
    const name = names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ')
    return { name, ...group[0]! }
  })
  const listed = rows.slice(0, LISTED)
  const width = Math.max(0, ...listed.map(({ name }) => name.length))
  const lines = listed.map((row) => `  ${row.name.padEnd(width)}  ${figures(row)}  ${change(row)}${requests(row)}`)
  const more = rows.length - listed.length
  if (more > 0) lines.push(colors.dim(`  … and ${more} more; --json lists all`))
  const same = routes.length - changed.length
  if (same > 0) lines.push(colors.dim(`  ${same} ${same === 1 ? 'route is' : 'routes are'} the same`))
  return lines
}

function figures({ before, after }: RouteComparison): string {
  return `${before ? formatBytes(before.brotli) : 'no such route'} → ${after ? formatBytes(after.brotli) : 'no such route'}`
}

function change({ before, after, saves }: RouteComparison): string {
  return before && after ? formatDelta(-saves) : after ? 'new' : 'gone'
}

function requests({ before, after }: RouteComparison): string {
  const more = (after?.requests ?? 0) - (before?.requests ?? 0)
  if (!before || !after || more === 0) return ''
  return `, ${more > 0 ? `+${more}` : `−${-more}`} ${Math.abs(more) === 1 ? 'request' : 'requests'}`
}

function failureLines({ edit, error }: EditFailure, colors: Colors): string[] {
  return [
    `${colors.bold(edit)}  ${colors.red('could not be told')}`,
    ...error.message.split('\n').map((line) => `  ${line}`),
  ]
}
