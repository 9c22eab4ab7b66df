import { formatBytes, formatDelta } from '@paceline/kit'
import pc from 'picocolors'
import { leftLines } from '../rebuild/render-left.ts'
import { routeLines } from '../rebuild/render-routes.ts'
import type { EditFailure, EditOutcome, WhatIfAnswer } from './ask-what-if.ts'

type Colors = ReturnType<typeof pc.createColors>

/** The answer for the terminal: the best change first, its routes below it. */
export function renderWhatIf({ release, edits, failed, total }: WhatIfAnswer, color: boolean): string {
  const colors = pc.createColors(color)
  const blocks = [
    ...edits.map((outcome) => outcomeLines(outcome, release, total, colors)),
    ...failed.map((failure) => failureLines(failure, colors)),
    [
      colors.dim('First loads in brotli, from real rebuilds. Whether the app still works was not checked.'),
      ...(edits.some(({ edit }) => edit.includes('lazy '))
        ? [colors.dim('What a page shows at once it downloads at once, lazy or not: such a module only arrives later.')]
        : []),
    ],
  ]
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function outcomeLines(outcome: EditOutcome, release: string, total: number, colors: Colors): string[] {
  const { loads, left } = outcome
  if (outcome.release === release)
    return [`${colors.bold(outcome.edit)}  changes nothing: the same files`, ...leftLines(left, colors)]
  const all = `all JS and CSS ${formatDelta(outcome.total - total)}`
  return [
    `${colors.bold(outcome.edit)}  ${formatDelta(-loads.saves)} per route (mean of ${formatBytes(loads.before)}), ${all}`,
    ...routeLines(loads.routes, colors),
    ...leftLines(left, colors),
  ]
}

function failureLines({ edit, error }: EditFailure, colors: Colors): string[] {
  return [
    `${colors.bold(edit)}  ${colors.red('could not be told')}`,
    ...error.message.split('\n').map((line) => `  ${line}`),
  ]
}
