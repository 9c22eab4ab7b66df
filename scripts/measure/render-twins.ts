import type { Median } from '../../packages/lab/src/index.ts'
import type { TwinFigures, Twins } from './measure-twins.ts'

/** What the playground promises of itself beside its twin. */
export interface TwinLimits {
  /** ms. */
  readonly tti: number
  /** Share by which TTI is lower. */
  readonly lowerTti: number
  /** Share by which there is less JavaScript, unpacked. */
  readonly lowerScript: number
}

export interface TwinCheck {
  readonly what: string
  readonly status: 'holds' | 'broken' | 'unknown'
}

/** Holds the figures to the limits. What is not known holds nothing. */
export function judgeTwins({ ours, twin }: Twins, { tti, lowerTti, lowerScript }: TwinLimits): TwinCheck[] {
  const check = (what: string, value: number | undefined, isKept: (value: number) => boolean): TwinCheck => ({
    what,
    status: value === undefined ? 'unknown' : isKept(value) ? 'holds' : 'broken',
  })
  const change = changeOf(ours.metrics.tti?.median, twin.metrics.tti?.median)
  const script = changeOf(ours.script.decoded, twin.script.decoded)
  return [
    check(`TTI under ${seconds(tti)}`, ours.metrics.tti?.median, (value) => value < tti),
    check(`TTI at least ${percent(lowerTti)} lower`, change, (value) => value <= -lowerTti),
    check(`JavaScript at least ${percent(lowerScript)} less`, script, (value) => value <= -lowerScript),
  ]
}

/** The figures side by side, and whether they are what was promised. */
export function renderTwins(
  twins: Twins,
  checks: readonly TwinCheck[],
  { route, machine }: { readonly route: string; readonly machine: string },
): string {
  const { ours, twin, runs, browser } = twins
  const time = (name: string, metric: 'fcp' | 'lcp' | 'tti' | 'tbt', wanted: readonly number[] = []): string[] => {
    const [a, b] = [ours.metrics[metric], twin.metrics[metric]]
    return [name, timeOf(a), timeOf(b), changeText(changeOf(a?.median, b?.median)), marks(checks, wanted)]
  }
  const bytes = (name: string, of: (figures: TwinFigures) => number, wanted: readonly number[] = []): string[] => {
    const [a, b] = [of(ours), of(twin)]
    return [name, kilobytes(a), kilobytes(b), changeText(changeOf(a, b)), marks(checks, wanted)]
  }
  const rows = [
    time('**Time to Interactive**', 'tti', [0, 1]),
    time('First Contentful Paint', 'fcp'),
    time('Largest Contentful Paint', 'lcp'),
    time('Total Blocking Time', 'tbt'),
    bytes('**JavaScript**, unpacked', ({ script }) => script.decoded, [2]),
    bytes('JavaScript, over the network', ({ script }) => script.transferred),
    bytes('everything, over the network', ({ all }) => all.transferred),
  ]
  const head = [`\`${route}\`, slow 4G, CPU 4× slower`, 'with Paceline', 'its twin without', 'change', 'promised']
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    [line(head), line(['---', '---:', '---:', '---:', '---']), ...rows.map(line)].join('\n'),
    `Medians of ${runs} cold visits each, in turn, with the lowest and the highest; Chromium ${browser.split('.')[0]}, ${machine}. The twin is the same source as one program, without code splitting and without image optimisation; its texts are sent in gzip.`,
  ].join('\n\n')
}

function marks(checks: readonly TwinCheck[], wanted: readonly number[]): string {
  const signs = { holds: '✓', broken: '✗', unknown: '?' } as const
  return wanted
    .map((at) => checks[at]!)
    .map(({ what, status }) => `${signs[status]} ${what.replace(/^(?:TTI|JavaScript) /, '')}`)
    .join(', ')
}

/** −0.4: 40 % lower. */
function changeOf(ours: number | undefined, twin: number | undefined): number | undefined {
  return ours === undefined || twin === undefined || twin === 0 ? undefined : ours / twin - 1
}

function changeText(change: number | undefined): string {
  if (change === undefined) return '?'
  return `${change < 0 ? '−' : '+'}${percent(Math.abs(change))}`
}

function timeOf(median: Median | undefined): string {
  if (!median) return 'not known'
  const { min, max } = median
  return `${seconds(median.median)} (${(min / 1000).toFixed(2)}–${(max / 1000).toFixed(2)})`
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}
