import type { RouteFigures } from './route-figures.ts'
import type { StrategySummary } from './summarise-app.ts'

/** Routes in a picture: enough to see the pattern, few enough to read. */
const ROUTES = 12
const BAR = 13
const ROW = 2 * BAR + 16
const TOP = 74
const LEFT = 232
const BARS = 470
const WIDTH = 860

/**
 * The first loads of two strategies, side by side: a row is a route, a block is a file, its width are its bytes. For documents, so it
 * follows the reader's colour scheme.
 *
 * @returns SVG
 * @throws {RangeError} When the routes of the two differ.
 */
export function drawFirstLoads(title: string, before: StrategySummary, after: StrategySummary): string {
  const routes = spread(before.details.toSorted((a, b) => b.js - a.js)).map((route) => {
    const other = after.details.find(({ id }) => id === route.id)
    if (other === undefined)
      throw new RangeError(`\`${route.id}\` is missing from ${after.name}. Build the same source.`)
    return [route, other] as const
  })
  const most = Math.max(...routes.flat().map(({ js }) => js))
  const height = TOP + routes.length * ROW + 8
  const rows = routes.map(([one, other], index) => {
    const y = TOP + index * ROW
    const middle = y + BAR + 5
    const name = `<text class="route" x="${LEFT - 12}" y="${middle}" text-anchor="end">${escape(shortened(one.id))}</text>`
    return [name, bar(one, y, most, 'before'), bar(other, y + BAR + 2, most, 'after')].join('\n')
  })
  const legend = [before, after].map(({ name, js, requests }, index) => {
    const x = LEFT + index * 300
    const text = `${name}: ${kilobytes(js)} kB in ${requests.toFixed(1)} requests, mean`
    return `<rect class="${index === 0 ? 'before' : 'after'}" x="${x}" y="42" width="11" height="11"/><text x="${x + 17}" y="52">${text}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escape(title)}">
<style>
  text { font: 12px system-ui, sans-serif; fill: #24292f }
  .title { font-size: 15px; font-weight: 600 }
  .route { font-family: ui-monospace, monospace; font-size: 11px }
  .before { fill: #a3aab4 }
  .after { fill: #1f7a5c }
  .ground { fill: #ffffff }
  .bar { stroke: #ffffff; stroke-width: 0.6 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .before { fill: #6b7480 }
    .after { fill: #3fb68b }
    .ground { fill: #0d1117 }
    .bar { stroke: #0d1117 }
  }
</style>
<rect class="ground" width="${WIDTH}" height="${height}"/>
<text class="title" x="16" y="26">${escape(title)}</text>
<text x="16" y="52">a block is a file</text>
${legend.join('\n')}
${rows.join('\n')}
</svg>
`
}

function bar({ js, requests, files }: RouteFigures, y: number, most: number, kind: 'before' | 'after'): string {
  const scale = BARS / most
  let x = LEFT
  const blocks = files
    .toSorted((a, b) => b - a)
    .map((bytes) => {
      const width = bytes * scale
      const block = `<rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${BAR}"/>`
      x += width
      return block
    })
  const figures = `<text x="${(x + 7).toFixed(1)}" y="${y + BAR - 2}">${kilobytes(js)} kB · ${requests}</text>`
  return `<g class="${kind} bar">${blocks.join('')}</g>${figures}`
}

/** Some of many, the first and the last among them. */
function spread<Item>(items: readonly Item[]): Item[] {
  const step = Math.max(1, (items.length - 1) / (ROUTES - 1))
  return items.filter((_item, index) => Math.round(Math.round(index / step) * step) === index)
}

function shortened(id: string): string {
  return id.length <= 32 ? id : `…${id.slice(-31)}`
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1)
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
