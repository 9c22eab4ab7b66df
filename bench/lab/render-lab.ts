import type { Median } from '@paceline/lab'
import type { Machine } from '../lib/machine.ts'
import type { Agreement } from './agreement.ts'
import type { FormulaAgreement } from './formula.ts'
import type { PlantedResult } from './planted-regressions.ts'
import type { SameVisit } from './same-visit.ts'

export interface LabResults {
  readonly date: string
  readonly machine: Machine
  /** Load of the machine when it began and ended, per minute. */
  readonly load: readonly [number, number]
  readonly formula?: FormulaAgreement
  readonly agreement: readonly Agreement[]
  readonly planted: readonly PlantedResult[]
}

/** What was measured now in place of what was measured before; of pages and factors each its own. */
export function mergeResults(before: LabResults, now: LabResults): LabResults {
  const merge = <One>(old: readonly One[], fresh: readonly One[], keyOf: (one: One) => unknown): One[] => {
    const replaced = new Set(fresh.map(keyOf))
    return [...old.filter((one) => !replaced.has(keyOf(one))), ...fresh]
  }
  return {
    ...before,
    ...now,
    agreement: merge(before.agreement, now.agreement, ({ page }) => page),
    planted: merge(before.planted, now.planted, ({ factor, blocks }) => `${factor} ${blocks}`),
  }
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
    const rows = agreement.map(({ page, theirs, ours, lighthouse, sameVisits }) => [
      page,
      `${time(theirs)} (Lighthouse ${lighthouse})`,
      time(ours),
      difference(ours.median, theirs.median),
      sameVisitText(sameVisits),
      blockingText(sameVisits),
    ])
    parts.push(
      '## Time to Interactive beside Lighthouse',
      "Visits of their own, in turn, each in a fresh browser; and visits of which both say the time, from the same trace: that difference is the instruments' alone.",
      table(
        [
          'page',
          'Lighthouse `interactive`',
          '`paceline measure`',
          'difference',
          'difference in the same visit',
          'TBT in the same visit',
        ],
        rows,
      ),
    )
  }
  if (planted.length > 0) {
    const rows = planted.map((one) => [
      one.factor === 1 ? 'nothing (A/A)' : `+${Math.round((one.factor - 1) * 100)} % in one module`,
      one.blocks === 0 ? '' : String(one.blocks * 2),
      `${one.slower} of ${one.runs}`,
      `${one.noisy} of ${one.runs}`,
      one.factor === 1 ? '' : `${one.attributed} of ${one.runs}`,
      one.ratios.length === 0 ? '' : `${Math.min(...one.ratios).toFixed(3)} to ${Math.max(...one.ratios).toFixed(3)}`,
      one.blocks === 0 ? 'not asked' : `${one.byCpu} of ${one.runs}`,
      `${one.seconds.toFixed(1)} s`,
    ])
    const head = [
      'planted',
      'pairs for CPU time',
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

function difference(ours: number, theirs: number): string {
  return `${((ours / theirs - 1) * 100).toFixed(1)} %`
}

/** The middle, and the widest to either side. */
function sameVisitText(visits: readonly SameVisit[]): string {
  const ratios = visits
    .flatMap(({ ours, theirs }) => (ours === undefined || theirs === undefined ? [] : [ours / theirs]))
    .sort((a, b) => a - b)
  const at = (index: number): string => difference(ratios[index]!, 1)
  if (ratios.length === 0) return ''
  return `${at(Math.floor(ratios.length / 2))} (${at(0)} to ${at(ratios.length - 1)}, ${ratios.length} of ${visits.length} visits)`
}

/** The widest difference of all visits. */
function blockingText(visits: readonly SameVisit[]): string {
  const known = visits.flatMap(({ blocking: { ours, theirs } }) =>
    ours === undefined || theirs === undefined ? [] : [Math.abs(ours - theirs)],
  )
  return known.length === 0 ? '' : `at most ${Math.max(...known).toFixed(1)} ms apart, ${known.length} visits`
}

function time({ median, low, high, n }: Median): string {
  return `${Math.round(median)} ms (${Math.round(low)} to ${Math.round(high)}, ${n} runs)`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
