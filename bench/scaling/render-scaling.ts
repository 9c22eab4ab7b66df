import type { Measured } from '../chunks/stored-results.ts'
import { seconds, table } from '../lib/render-units.ts'
import { AXES, AXIS_NAMES } from './axes.ts'
import type { AxisName } from './axes.ts'
import { drawScaling } from './draw-scaling.ts'
import type { Plot, Series } from './draw-scaling.ts'
import type { SizeFigure } from './measure-axis.ts'
import type { CollectorScaling, RateFigure, StoredFigure } from './measure-collector.ts'
import { fitPowerLaw } from './power-law.ts'

/** What was measured of it, and where. */
export interface ScalingResults {
  readonly axes?: Readonly<Partial<Record<AxisName, Measured<AxisFigures>>>>
  readonly collector?: Measured<CollectorScaling>
}

export interface AxisFigures {
  readonly rounds: number
  readonly figures: readonly SizeFigure[]
}

export function renderScaling({ axes = {}, collector }: ScalingResults): string {
  const parts = [
    '# Measured: how costs grow',
    'Made by `npm run bench -- scaling … --write`; do not edit. A slope of 1 in a log-log plot means that twice as much takes twice as long.',
    ...AXIS_NAMES.flatMap((name) => (axes[name] ? [renderAxis(name, axes[name])] : [])),
    ...(collector ? [renderCollector(collector)] : []),
  ]
  return `${parts.join('\n\n')}\n`
}

/** File in `plots/` → SVG. */
export function drawAll({ axes = {}, collector }: ScalingResults): Readonly<Record<string, string>> {
  const plots: [string, Plot][] = AXIS_NAMES.flatMap((name) =>
    axes[name] ? [[`scaling-${name}.svg`, plotOf(name, axes[name].value)] as [string, Plot]] : [],
  )
  if (collector) plots.push(...Object.entries(collectorPlots(collector.value)))
  return Object.fromEntries(plots.map(([file, plot]) => [file, drawScaling(plot)]))
}

function renderAxis(name: AxisName, { date, machine, value }: Measured<AxisFigures>): string {
  const { rounds, figures } = value
  const rows = figures.map(({ size, bare, cold, second, beyond }) => [
    size.toLocaleString('en-US'),
    seconds(bare.cpu),
    seconds(beyond.cold.cpu),
    seconds(beyond.second.cpu),
    seconds(bare.wall),
    seconds(cold.wall),
    seconds(second.wall),
    `${megabytes(bare.rss.median)} / ${megabytes(cold.rss.median)}`,
  ])
  const first = name === 'releases' ? 'a deploy' : 'cold'
  const head = [
    AXES[name].unit,
    'bare CPU, s',
    `beyond it, ${first}, s`,
    'beyond it, second, s',
    'bare wall, s',
    `${first} wall, s`,
    'second wall, s',
    'peak RSS, bare / with, MB',
  ]
  const slopes = seriesOf(value).map(({ name: what, points }) => `${what}: ${slopeOf(points)}`)
  return [
    `## ${name[0]!.toUpperCase()}${name.slice(1)}`,
    `${date}, ${machine.cores} × ${machine.cpu}, ${machine.system}, Node ${machine.node}; load ${machine.load.toFixed(1)} at the start; ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, all sizes in turn; median (minimum–maximum).`,
    table(head, rows),
    `${slopes.join(' · ')}`,
    `![CPU by ${name}](plots/scaling-${name}.svg)`,
  ].join('\n\n')
}

function renderCollector({ date, machine, value }: Measured<CollectorScaling>): string {
  const rows = value.rates.map(({ rate, p50, p99 }) => [rate.toLocaleString('en-US'), p50.toFixed(1), p99.toFixed(1)])
  const stored = value.stored.map(({ beacons, bytes, query, p50, p95 }) => [
    beacons.toLocaleString('en-US'),
    megabytes(bytes),
    query,
    p50.toFixed(1),
    p95.toFixed(1),
  ])
  return [
    '## Collector',
    `${date}, ${machine.cores} × ${machine.cpu}, ${machine.system}, Node ${machine.node}; load ${machine.load.toFixed(1)} at the start.`,
    table(['requests per second', 'answered after, median, ms', '99th percentile, ms'], rows),
    '![Answers of the collector by rate](plots/scaling-collector-rate.svg)',
    table(['beacons stored', 'MB', 'slowest query', 'median, ms', '95th percentile, ms'], stored),
    '![Slowest query by beacons stored](plots/scaling-collector-stored.svg)',
  ].join('\n\n')
}

/** What does not grow flattens the slope over everything, so the one between the two largest is told, too. */
function slopeOf(points: Series['points']): string {
  const [law, end] = [fitPowerLaw(points), fitPowerLaw(points.slice(-2))]
  if (law === undefined) return 'no slope'
  const atTheEnd = end === undefined ? '' : `, ${end.slope.toFixed(2)} between the two largest`
  return `slope ${law.slope.toFixed(2)} (R² ${law.r2.toFixed(2)})${atTheEnd}`
}

function plotOf(name: AxisName, value: AxisFigures): Plot {
  return { title: `CPU of a build by ${name}`, x: AXES[name].unit, y: 'CPU, s', series: seriesOf(value) }
}

function seriesOf({ figures }: AxisFigures): Series[] {
  const series = (name: string, of: (figure: SizeFigure) => SizeFigure['bare']): Series => ({
    name,
    points: figures.map((figure) => {
      const { median, min, max } = of(figure).cpu
      return { x: figure.size, y: median / 1000, low: min / 1000, high: max / 1000 }
    }),
  })
  return [
    series('Paceline beyond bare, cold', ({ beyond }) => beyond.cold),
    series('Paceline beyond bare, second build', ({ beyond }) => beyond.second),
    series('bare', ({ bare }) => bare),
  ]
}

function collectorPlots({ rates, stored }: CollectorScaling): Readonly<Record<string, Plot>> {
  const series = <Figure>(
    name: string,
    figures: readonly Figure[],
    x: (one: Figure) => number,
    y: (one: Figure) => number,
  ): Series => ({
    name,
    points: figures.map((one) => ({ x: x(one), y: y(one), low: y(one), high: y(one) })),
  })
  const rate = ({ rate: x }: RateFigure): number => x
  const held = ({ beacons }: StoredFigure): number => beacons
  return {
    'scaling-collector-rate.svg': {
      title: 'Answers of the collector by rate',
      x: 'requests per second',
      y: 'ms',
      series: [
        series('median', rates, rate, ({ p50 }) => p50),
        series('99th percentile', rates, rate, ({ p99 }) => p99),
      ],
    },
    'scaling-collector-stored.svg': {
      title: 'Slowest query of the dashboard by beacons stored',
      x: 'beacons',
      y: 'ms',
      series: [
        series('median', stored, held, ({ p50 }) => p50),
        series('95th percentile', stored, held, ({ p95 }) => p95),
      ],
    },
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}
