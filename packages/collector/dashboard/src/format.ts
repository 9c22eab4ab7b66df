/** What is not known is a dash, with the reason as its title where it is shown. */
export const UNKNOWN = '–'

const LABELS: Readonly<Record<string, string>> = {
  lcp: 'LCP',
  inp: 'INP',
  cls: 'CLS',
  fcp: 'FCP',
  ttfb: 'TTFB',
  tti: 'TTI',
  operations: 'Operations',
}

export function label(name: string): string {
  return Object.hasOwn(LABELS, name) ? LABELS[name]! : name
}

/** A value of a metric: milliseconds, or CLS without a unit. */
export function metric(name: string, value: number | null | undefined): string {
  if (value === null || value === undefined) return UNKNOWN
  if (name === 'cls') return value.toFixed(3)
  return value >= 10_000 ? `${(value / 1000).toFixed(1)} s` : `${Math.round(value).toLocaleString('en')} ms`
}

export function range(name: string, interval: readonly [number, number] | null | undefined): string {
  return interval ? `${metric(name, interval[0])} – ${metric(name, interval[1])}` : 'not enough data'
}

export function count(value: number): string {
  return value.toLocaleString('en')
}

export function share(part: number, whole: number): string {
  return whole === 0 ? UNKNOWN : `${((part / whole) * 100).toFixed(1)} %`
}

export function bytes(value: number): string {
  if (value < 1000) return `${value} B`
  if (value < 1e6) return `${(value / 1e3).toFixed(1)} kB`
  return value < 1e9 ? `${(value / 1e6).toFixed(1)} MB` : `${(value / 1e9).toFixed(1)} GB`
}
