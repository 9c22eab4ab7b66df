import type { Median } from '@paceline/lab'
import type { Machine } from '../lib/machine.ts'
import type { FormulaAgreement } from './formula.ts'
import type { PlantedResult } from './planted-regressions.ts'

export interface LabResults {
  readonly date: string
  readonly machine: Machine
  /** Load of the machine when it began and ended, per minute. */
  readonly load: readonly [number, number]
  readonly formula?: FormulaAgreement
  readonly agreement: readonly Agreement[]
  readonly planted: readonly PlantedResult[]
}

export interface Agreement {
  readonly page: string
  readonly lighthouse: string
  readonly theirs: Median
  readonly ours: Median
}

/** The section about the lab. */
export function renderLab({ date, machine, load, formula, agreement, planted }: LabResults): string {
  const parts = [
    '# Lab',
    `${date}, ${machine.cpu} × ${machine.cores}, Node ${machine.node}; load ${load[0].toFixed(1)} at the beginning and ${load[1].toFixed(1)} at the end.`,
  ]
  if (formula) {
    parts.push(
      '## The formula',
      `Time to Interactive of ${formula.pages} random pages, computed by us and by Lighthouse's own function: ${formula.different} differ (${formula.unknown} have none, say both).`,
    )
  }
  if (agreement.length > 0) {
    const rows = agreement.map(({ page, theirs, ours, lighthouse }) => [
      page,
      `${time(theirs)} (Lighthouse ${lighthouse})`,
      time(ours),
      `${((ours.median / theirs.median - 1) * 100).toFixed(1)} %`,
    ])
    parts.push(
      '## Time to Interactive beside Lighthouse',
      table(['page', 'Lighthouse `interactive`', '`paceline measure`', 'difference'], rows),
    )
  }
  if (planted.length > 0) {
    const rows = planted.map((one) => [
      one.factor === 1 ? 'nothing (A/A)' : `+${Math.round((one.factor - 1) * 100)} % in one module`,
      `${one.slower} of ${one.runs}`,
      `${one.noisy} of ${one.runs}`,
      one.factor === 1 ? '' : `${one.attributed} of ${one.runs}`,
      one.ratios.length === 0 ? '' : `${Math.min(...one.ratios).toFixed(3)} to ${Math.max(...one.ratios).toFixed(3)}`,
      `${one.byCpu} of ${one.runs}`,
      `${one.seconds.toFixed(1)} s`,
    ])
    const head = [
      'planted',
      'said to be slower',
      'could not tell',
      'names the module, and no other',
      'factor',
      'by CPU time',
      'a comparison takes',
    ]
    parts.push('## Planted regressions', table(head, rows))
  }
  return `${parts.join('\n\n')}\n`
}

function time({ median, low, high, n }: Median): string {
  return `${Math.round(median)} ms (${Math.round(low)} to ${Math.round(high)}, ${n} runs)`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
