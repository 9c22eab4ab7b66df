import type { Median } from '../../packages/lab/src/index.ts'
import type { TwinFigures, Twins } from './measure-twins.ts'

/** What the playground promises of itself beside its twin. */
export interface TwinLimits {
  /** ms. */
  readonly tti: number
  /** Share by which TTI is lower than that of the twin as it was built. */
  readonly lowerTti: number
  /** Share by which there is less JavaScript, unpacked. */
  readonly lowerScript: number
}

export interface TwinCheck {
  readonly what: string
  readonly status: 'holds' | 'broken' | 'unknown'
}

/** Holds the figures to the limits. What is not known holds nothing. */
export function judgeTwins({ ours, plain }: Twins, { tti, lowerTti, lowerScript }: TwinLimits): TwinCheck[] {
  const check = (what: string, value: number | undefined, isKept: (value: number) => boolean): TwinCheck => ({
    what,
    status: value === undefined ? 'unknown' : isKept(value) ? 'holds' : 'broken',
  })
  const change = changeOf(ours.metrics.tti?.median, plain.metrics.tti?.median)
  const script = changeOf(ours.script.decoded, plain.script.decoded)
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
  const { ours, gzip, plain, runs, browser } = twins
  const row = (
    name: string,
    of: (figures: TwinFigures) => Median | number | undefined,
    write: (value: number) => string,
    wanted: readonly number[] = [],
  ): string[] => {
    const own = middleOf(of(ours))
    const beside = (twin: TwinFigures): string =>
      `${figureText(of(twin), write)}, ${changeText(changeOf(own, middleOf(of(twin))))}`
    return [name, figureText(of(ours), write), beside(gzip), beside(plain), marks(checks, wanted)]
  }
  const rows = [
    row('**Time to Interactive**', ({ metrics }) => metrics.tti, seconds, [0, 1]),
    row('First Contentful Paint', ({ metrics }) => metrics.fcp, seconds),
    row('Largest Contentful Paint', ({ metrics }) => metrics.lcp, seconds),
    row('Total Blocking Time', ({ metrics }) => metrics.tbt, seconds),
    row('**JavaScript**, unpacked', ({ script }) => script.decoded, kilobytes, [2]),
    row('JavaScript, over the network', ({ script }) => script.transferred, kilobytes),
    row('everything, over the network', ({ all }) => all.transferred, kilobytes),
  ]
  const head = [
    `\`${route}\`, slow 4G, CPU 4× slower`,
    'with Paceline',
    'twin, sent in gzip',
    'twin as built',
    'promised',
  ]
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    [line(head), line(['---', '---:', '---:', '---:', '---']), ...rows.map(line)].join('\n'),
    `Medians of ${runs} cold visits each, in turn, with the lowest and the highest; Chromium ${browser.split('.')[0]}, ${machine}. The twin is the same source in one file, pictures as they are: once from a server that sends texts in gzip, once from one that sends what Vite wrote, which the promise is about.`,
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

function middleOf(figure: Median | number | undefined): number | undefined {
  return typeof figure === 'object' ? figure.median : figure
}

function figureText(figure: Median | number | undefined, write: (value: number) => string): string {
  if (figure === undefined) return 'not known'
  if (typeof figure === 'number') return write(figure)
  return `${write(figure.median)} (${(figure.min / 1000).toFixed(2)}–${(figure.max / 1000).toFixed(2)})`
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
