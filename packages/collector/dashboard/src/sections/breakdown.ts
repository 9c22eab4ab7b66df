import type { GroupStats } from '../../../src/stats/ask-store.ts'
import type { MetricStats } from '../../../src/stats/stats.ts'
import { empty, h, section, table } from '../dom.ts'
import { choose, routeTitle } from '../filters.ts'
import { count, label, metric, range, share } from '../format.ts'
import type { View } from '../state.ts'

const BY: Readonly<Record<string, string>> = {
  route: 'route',
  release: 'release',
  nav: 'navigation',
  device: 'device',
  country: 'country',
}

/** The chosen metric for each route, release, navigation type, class of device or country. */
export function breakdownSection(view: View, groups: readonly GroupStats[]): HTMLElement {
  const name = view.metric
  const chooser = choose('By', 'by', view.by, Object.entries(BY))
  const rows = groups
    .flatMap(({ key, pages, estimatedPages, metrics }) => {
      const stats = metrics[name]
      return stats ? [{ title: titleOf(view, key), pages, estimatedPages, stats }] : []
    })
    .toSorted((a, b) => b.pages - a.pages)
    .map(({ title, pages, estimatedPages, stats }) => [
      title,
      estimatedPages > pages ? `≈ ${count(estimatedPages)}` : count(pages),
      ...(['p50', 'p75', 'p95', 'p99'] as const).map((p) => value(name, stats, p)),
      range(name, stats.intervals.p75),
      bar(stats),
    ])
  const by = Object.hasOwn(BY, view.by) ? BY[view.by]! : view.by
  const columns = [by, 'pages', 'p50', 'p75', 'p95', 'p99', 'interval of p75', 'good / to improve / poor']
  const title = `${label(name)} by ${by}`
  return section(title, '', chooser, rows.length === 0 ? empty('No page said it yet.') : table(title, columns, rows))
}

export function value(name: string, stats: MetricStats, p: 'p50' | 'p75' | 'p95' | 'p99'): HTMLElement {
  const known = stats[p]
  const title = known === null ? `Not enough data: ${count(stats.n)} pages` : range(name, stats.intervals[p])
  return h('span', { title }, metric(name, known))
}

function bar({ n, good, needsImprovement, poor }: MetricStats): HTMLElement {
  const text = `${share(good, n)} good, ${share(needsImprovement, n)} to improve, ${share(poor, n)} poor`
  // Widths by an attribute of SVG: the policy of the page allows no style in markup.
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 100 8')
  svg.setAttribute('preserveAspectRatio', 'none')
  svg.setAttribute('class', 'bar')
  let x = 0
  for (const [part, name] of [
    [good, 'good'],
    [needsImprovement, 'fair'],
    [poor, 'poor'],
  ] as const) {
    const width = n === 0 ? 0 : (part / n) * 100
    const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
    for (const [key, set] of Object.entries({ x, y: 0, width, height: 8, class: name }))
      rect.setAttribute(key, `${set}`)
    svg.append(rect)
    x += width
  }
  return h('span', { title: text, role: 'img', 'aria-label': text }, svg as unknown as Node)
}

function titleOf({ by }: View, key: string): string {
  if (by === 'route') return routeTitle(key)
  return key === '' ? 'unknown' : key
}
