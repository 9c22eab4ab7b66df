import type { MetricName } from '../absolute/judge-limits.ts'
import type { Median } from '../core/median.ts'

export const METRIC_NAMES: Readonly<Record<MetricName, string>> = {
  ttfb: 'TTFB',
  fcp: 'FCP',
  lcp: 'LCP',
  tti: 'TTI',
  tbt: 'TBT',
  cls: 'CLS',
  inp: 'INP',
}

/** A figure with its unit: `2.31 s`, `180 ms`, `0.021`. */
export function figure(metric: MetricName, value: number): string {
  if (metric === 'cls') return value.toFixed(3)
  return value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${Math.round(value)} ms`
}

/** Lowest to highest of the interval: `2.2–2.4 s`. */
export function interval(metric: MetricName, { low, high }: Median): string {
  return low === high ? figure(metric, low) : `${figure(metric, low)} – ${figure(metric, high)}`
}

const BARS = '▁▂▃▄▅▆▇█'

/** The visits in their order, lowest to highest: whether one stands out is seen at once. */
export function sparkline({ values, min, max }: Median): string {
  const step = (value: number): number => (max === min ? 0 : Math.round(((value - min) / (max - min)) * 7))
  return values.map((value) => BARS[step(value)]).join('')
}

/** How sure an interval is: `97 %`. */
export function coverage({ coverage: share }: Median): string {
  return `${Math.floor(share * 1000) / 10} %`
}
