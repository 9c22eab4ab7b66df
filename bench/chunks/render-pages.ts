import type { BrowserResults } from './browser/compare-builds.ts'
import type { Compared } from './browser/compare-visits.ts'
import { milliseconds, table } from '../lib/render-units.ts'

/** The pages of one app, default beside planned. */
export function renderPages({ app, chromium, strategies: [a, b], pages }: BrowserResults): string {
  const rows = pages.flatMap(({ path, fcp, tti }) => [row(path, 'FCP', fcp), row(path, 'TTI', tti)])
  return [
    `### ${app}`,
    `Chromium ${chromium}`,
    table(['page', 'ms', a, b, 'difference (interval)', 'pairs', ''], rows),
  ].join('\n\n')
}

function row(path: string, metric: string, { a, b, difference }: Compared): string[] {
  const { mean, low, high, pairs } = difference
  const verdict = high < 0 ? 'faster' : low > 0 ? 'slower' : 'no difference to be seen'
  const interval = `${signed(mean)} (${signed(low)} to ${signed(high)})`
  return [path, metric, milliseconds(a), milliseconds(b), interval, String(pairs), verdict]
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(0)}`
}
