import uPlot from 'uplot'
import type { GroupStats } from '../../../src/stats/ask-store.ts'
import { empty, h, section } from '../dom.ts'
import { choose } from '../filters.ts'
import { label, metric } from '../format.ts'
import type { View } from '../state.ts'

const METRICS = ['lcp', 'inp', 'cls', 'fcp', 'ttfb', 'tti'] as const

/** The 75th percentile by hour or day, with its interval as a band. Gaps are hours without enough data. */
export function overTimeSection(view: View, groups: readonly GroupStats[], limit: number | null): HTMLElement {
  const name = view.metric
  const chooser = choose(
    'Metric',
    'metric',
    name,
    METRICS.map((one) => [one, label(one)] as const),
  )
  const points = groups.map(({ key, metrics }) => ({ at: Number(key) / 1000, stats: metrics[name] }))
  const title = `${label(name)} over time`
  const note = 'p75 with its 95 % interval; p50 and p95 as thin lines. A gap is a time without enough data.'
  if (!points.some(({ stats }) => stats && stats.p75 !== null))
    return section(title, note, chooser, empty('Not enough data for a line yet.'))
  const holder = h('div', { class: 'chart', role: 'img', 'aria-label': describe(name, points) })
  const result = section(title, note, chooser, holder)
  // It is as wide as its place, which it has once it is in the page.
  requestAnimationFrame(() => draw(holder, name, points, limit))
  return result
}

/** Seconds, as the chart counts. */
const HALF_AN_HOUR = 1800

interface Point {
  readonly at: number
  readonly stats: GroupStats['metrics'][string] | undefined
}

function describe(name: string, points: readonly Point[]): string {
  const last = points.findLast(({ stats }) => stats && stats.p75 !== null)
  return `${label(name)}: ${points.length} points, the last p75 is ${metric(name, last?.stats?.p75)}`
}

function draw(holder: HTMLElement, name: string, points: readonly Point[], limit: number | null): void {
  if (!holder.isConnected) return
  const style = getComputedStyle(document.documentElement)
  const colour = (variable: string): string => style.getPropertyValue(variable).trim()
  const axis = { stroke: colour('--muted'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } }
  const values = (_: uPlot, ticks: number[]): string[] => ticks.map((tick) => metric(name, tick))
  const at = (pick: (stats: NonNullable<Point['stats']>) => number | null | undefined): (number | null)[] =>
    points.map(({ stats }) => (stats ? (pick(stats) ?? null) : null))
  const line = (text: string, stroke: string, width: number): uPlot.Series => ({
    label: text,
    stroke,
    width,
    points: { show: points.length < 40, size: 5 },
    value: (_, value) => metric(name, value),
  })
  const hidden = (text: string): uPlot.Series => ({
    label: text,
    show: true,
    width: 0,
    points: { show: false },
    value: (_, value) => metric(name, value),
  })
  const data: uPlot.AlignedData = [
    points.map(({ at }) => at),
    at(({ p75 }) => p75),
    at(({ intervals }) => intervals.p75?.[1]),
    at(({ intervals }) => intervals.p75?.[0]),
    at(({ p50 }) => p50),
    at(({ p95 }) => p95),
    points.map(() => limit),
  ]
  const options: uPlot.Options = {
    width: holder.clientWidth,
    height: 260,
    // A single point has no width of its own, and would be shown within years.
    scales: {
      x: { range: (_, min, max) => [min - HALF_AN_HOUR, max + HALF_AN_HOUR] },
      y: { range: (_, _min, max) => [0, (max || 1) * 1.1] },
    },
    axes: [axis, { ...axis, size: 72, values }],
    series: [
      {},
      line('p75', colour('--series-1'), 2),
      hidden('p75 at most'),
      hidden('p75 at least'),
      line('p50', colour('--series-2'), 1),
      line('p95', colour('--series-3'), 1),
      { ...line('promised', colour('--muted'), 1), dash: [4, 4], points: { show: false } },
    ],
    bands: [{ series: [2, 3], fill: colour('--band') }],
  }
  const plot = new uPlot(options, data, holder)
  new ResizeObserver(() => plot.setSize({ width: holder.clientWidth, height: 260 })).observe(holder)
}
