import type { Median } from '@paceline/lab'
import type { Agreement } from './agreement.ts'
import type { FormulaAgreement } from './formula.ts'
import type { PeerAnswer } from './peers.ts'
import type { PlantedResult } from './planted-regressions.ts'
import type { SameVisit } from './same-visit.ts'
import { sessionText } from './session.ts'
import type { InSession } from './session.ts'

export interface LabResults {
  readonly formula?: InSession<FormulaAgreement>
  readonly agreement: readonly InSession<Agreement>[]
  readonly planted: readonly InSession<PlantedResult>[]
  readonly peers: readonly InSession<PeerAnswer>[]
}

/** What was measured now in place of what was measured before, each row with its own session; of pages and factors each its own. */
export function mergeResults(before: LabResults, now: LabResults): LabResults {
  const merge = <One>(old: readonly One[], fresh: readonly One[], keyOf: (one: One) => unknown): One[] => {
    const replaced = new Set(fresh.map(keyOf))
    return [...old.filter((one) => !replaced.has(keyOf(one))), ...fresh]
  }
  const formula = now.formula ?? before.formula
  return {
    ...(formula === undefined ? {} : { formula }),
    agreement: merge(before.agreement, now.agreement, ({ page }) => page),
    planted: merge(before.planted, now.planted, ({ factor, blocks }) => `${factor} ${blocks}`),
    peers: merge(before.peers, now.peers, ({ tool, factor }) => `${tool} ${factor}`),
  }
}

/** The section about the lab. */
export function renderLab({ formula, agreement, planted, peers }: LabResults): string {
  const parts = ['# Lab']
  if (formula) {
    parts.push(
      '## The formula',
      `Time to Interactive of ${formula.pages} random pages, computed by us and by Lighthouse's own function: ${formula.different} differ (${formula.unknown} have none, say both). Measured: ${sessionText(formula)}.`,
    )
  }
  if (agreement.length > 0) parts.push('## Time to Interactive beside Lighthouse', ...agreementText(agreement))
  if (planted.length > 0) parts.push('## Planted regressions', plantedTable(planted))
  if (peers.length > 0) parts.push(PEERS_TEXT, peersTable(peers))
  return `${parts.join('\n\n')}\n`
}

function agreementText(agreement: LabResults['agreement']): string[] {
  const same = agreement.map((one) => [one.page, ...sameVisitTexts(one.sameVisits), sessionText(one)])
  const own = agreement.flatMap((one) => {
    const { page, ownVisits } = one
    if (ownVisits === undefined) return []
    const { lighthouse, theirs, ours } = ownVisits
    const tool = `${time(theirs)} (Lighthouse ${lighthouse})`
    return [[page, tool, time(ours), difference(ours.median, theirs.median), sessionText(one)]]
  })
  const head = ['page', 'visits', 'TTI', 'furthest apart: TTI', 'TBT', 'measured']
  return [
    'Visits of which both say the times, from the same trace: the difference is the computation alone. TBT is clipped at the first paint, which a page is told in steps of 4 ms.',
    table(head, same),
    ...(own.length === 0
      ? []
      : [
          'Visits of their own, in turn, each in a fresh browser; Lighthouse records more, which costs the page time.',
          table(['page', 'Lighthouse `interactive`', '`paceline measure`', 'difference', 'measured'], own),
        ]),
  ]
}

function plantedTable(planted: LabResults['planted']): string {
  const rows = planted.map((one) => [
    plantedText(one.factor),
    turnsText(one),
    one.blocks === 0 ? '' : String(one.blocks * 2),
    `${one.slower} of ${one.runs}`,
    `${one.noisy} of ${one.runs}`,
    one.factor === 1 ? '' : `${one.attributed} of ${one.runs}`,
    rangeText(one.ratios),
    ...cpuTexts(one),
    `${one.seconds.toFixed(1)} s`,
    sessionText(one),
  ])
  const head = [
    'planted',
    'turns of its loop',
    'pairs for CPU time',
    'said to be slower',
    'could not tell',
    'names the module, and no other',
    'factor',
    'CPU time alone says slower',
    'CPU time alone could not tell',
    'a comparison takes',
    'measured',
  ]
  return table(head, rows)
}

const PEERS_TEXT =
  'What others say of builds with as many turns: Lighthouse CI with three runs of each, the best of which it compares (`bootup-time`, 3 % more allowed, as above); tachometer with 50 loads of each (First Contentful Paint).'

function peersTable(peers: LabResults['peers']): string {
  const rows = peers.map((one) => {
    const { tool, factor, asked, slower, unsure, ratios, seconds } = one
    return [
      tool,
      plantedText(factor),
      turnsText(one),
      `${slower} of ${asked}`,
      `${unsure} of ${asked}`,
      rangeText(ratios),
      `${seconds.toFixed(1)} s`,
      sessionText(one),
    ]
  })
  const head = [
    'tool',
    'planted',
    'turns of its loop',
    'said to be slower',
    'could not tell',
    'factor',
    'an answer takes',
  ]
  return table([...head, 'measured'], rows)
}

/** What the verdict of the counts hides: how often CPU time would have found it, and how often it would have said nothing. */
function cpuTexts({ blocks, runs, byCpu, cpuUnsure }: PlantedResult): readonly [slower: string, unsure: string] {
  if (blocks === 0) return ['not asked', 'not asked']
  return [`${byCpu} of ${runs}`, cpuUnsure === undefined ? 'not written down' : `${cpuUnsure} of ${runs}`]
}

function turnsText({ turns }: { readonly turns?: number }): string {
  return turns?.toLocaleString('en') ?? 'not written down'
}

function plantedText(factor: number): string {
  return factor === 1 ? 'nothing (A/A)' : `+${Math.round((factor - 1) * 100)} % in one module`
}

function rangeText(ratios: readonly number[]): string {
  return ratios.length === 0 ? '' : `${Math.min(...ratios).toFixed(3)} to ${Math.max(...ratios).toFixed(3)}`
}

function difference(ours: number, theirs: number): string {
  return `${((ours / theirs - 1) * 100).toFixed(1)} %`
}

/** How many visits had a time for both, the range of ours, and how far apart the furthest are. */
function sameVisitTexts(visits: readonly SameVisit[]): string[] {
  const both = visits.flatMap(({ ours, theirs, blocking }) =>
    ours === undefined || theirs === undefined ? [] : [{ ours, theirs, blocking }],
  )
  if (both.length === 0) return [`0 of ${visits.length}`, '', '', '']
  const times = both.map(({ ours }) => ours)
  const furthest = (apart: readonly number[]): string => `${Math.max(...apart).toFixed(3)} ms`
  return [
    `${both.length} of ${visits.length}`,
    `${Math.round(Math.min(...times))} to ${Math.round(Math.max(...times))} ms`,
    furthest(both.map(({ ours, theirs }) => Math.abs(ours - theirs))),
    furthest(both.map(({ blocking }) => Math.abs((blocking.ours ?? NaN) - (blocking.theirs ?? NaN)))),
  ]
}

function time({ median, low, high, n }: Median): string {
  return `${Math.round(median)} ms (${Math.round(low)} to ${Math.round(high)}, ${n} runs)`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
