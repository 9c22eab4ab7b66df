import { fitPowerLaw } from './power-law.ts'
import type { Point } from './power-law.ts'

/** One line of a plot. */
export interface Series {
  readonly name: string
  /** Median first, with the whole spread. */
  readonly points: readonly (Point & { readonly low: number; readonly high: number })[]
}

export interface Plot {
  readonly title: string
  /** With its unit. */
  readonly x: string
  readonly y: string
  readonly series: readonly Series[]
}

const WIDTH = 720
const HEIGHT = 440
const BOX = { left: 76, right: 24, top: 88, bottom: 52 }
const CLASSES = ['one', 'two', 'three'] as const

/**
 * Both axes are logarithmic, so that a power law is a straight line, whose slope is in the legend. For documents: it follows the reader's colour scheme.
 *
 * @returns SVG
 * @throws {RangeError} When there is nothing to draw: no point with positive coordinates.
 */
export function drawScaling({ title, x, y, series }: Plot): string {
  const shown = series.map(({ name, points }) => ({
    name,
    points: points.filter((point) => point.x > 0 && point.y > 0),
  }))
  const all = shown.flatMap(({ points }) => points)
  if (all.length === 0) throw new RangeError(`\`series\` of "${title}" have no point that is positive. Measure more.`)
  const across = axis(
    all.map((point) => point.x),
    BOX.left,
    WIDTH - BOX.right,
  )
  const up = axis(
    all.flatMap(({ y: middle, low, high }) => [middle, high, ...(low > 0 ? [low] : [])]),
    HEIGHT - BOX.bottom,
    BOX.top,
  )
  const lines = shown.map(({ points }, index) => drawSeries(points, CLASSES[index % CLASSES.length]!, across.at, up.at))
  const legend = shown.map(({ name, points }, index) => legendEntry(name, points, index))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(title)}">
${STYLE}
<rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>
<text class="title" x="16" y="26">${escape(title)}</text>
${legend.join('\n')}
${across.ticks.map((tick) => `<path class="grid" d="M${f(across.at(tick))} ${BOX.top}V${HEIGHT - BOX.bottom}"/><text x="${f(across.at(tick))}" y="${HEIGHT - BOX.bottom + 18}" text-anchor="middle">${shortNumber(tick)}</text>`).join('\n')}
${up.ticks.map((tick) => `<path class="grid" d="M${BOX.left} ${f(up.at(tick))}H${WIDTH - BOX.right}"/><text x="${BOX.left - 8}" y="${f(up.at(tick) + 4)}" text-anchor="end">${shortNumber(tick)}</text>`).join('\n')}
<text x="${(BOX.left + WIDTH - BOX.right) / 2}" y="${HEIGHT - 12}" text-anchor="middle">${escape(x)}</text>
<text transform="translate(18 ${(BOX.top + HEIGHT - BOX.bottom) / 2}) rotate(-90)" text-anchor="middle">${escape(y)}</text>
${lines.join('\n')}
</svg>
`
}

const STYLE = `<style>
  text { font: 12px system-ui, sans-serif; fill: #24292f }
  .title { font-size: 15px; font-weight: 600 }
  .ground { fill: #ffffff }
  .grid { stroke: #d8dee4; fill: none }
  .line { fill: none; stroke-width: 2 }
  .spread { stroke-width: 1.2 }
  .one { stroke: #1f7a5c; fill: #1f7a5c }
  .two { stroke: #b35900; fill: #b35900 }
  .three { stroke: #6b7480; fill: #6b7480 }
  .line.one, .line.two, .line.three { fill: none }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .ground { fill: #0d1117 }
    .grid { stroke: #2b323b }
    .one { stroke: #3fb68b; fill: #3fb68b }
    .two { stroke: #e8964a; fill: #e8964a }
    .three { stroke: #98a2ae; fill: #98a2ae }
  }
</style>`

function drawSeries(
  points: Series['points'],
  kind: string,
  across: (value: number) => number,
  up: (value: number) => number,
): string {
  const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${f(across(x))} ${f(up(y))}`).join('')
  const marks = points.map(({ x, y, low, high }) => {
    const middle = f(across(x))
    // A spread down to nothing has no place on a logarithmic axis.
    const bottom = low > 0 ? up(low) : up(y)
    return `<path class="spread ${kind}" d="M${middle} ${f(bottom)}V${f(up(high))}"/><circle class="${kind}" cx="${middle}" cy="${f(up(y))}" r="3.2"/>`
  })
  return `<path class="line ${kind}" d="${path}"/>${marks.join('')}`
}

function legendEntry(name: string, points: readonly Point[], index: number): string {
  const law = fitPowerLaw(points)
  const slope = law === undefined ? '' : `: slope ${law.slope.toFixed(2)}, R² ${law.r2.toFixed(2)}`
  const top = 44 + index * 16
  return `<rect class="${CLASSES[index % CLASSES.length]}" x="16" y="${top - 9}" width="10" height="10"/><text x="32" y="${top}">${escape(name + slope)}</text>`
}

interface Axis {
  readonly at: (value: number) => number
  readonly ticks: readonly number[]
}

function axis(values: readonly number[], from: number, to: number): Axis {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  // One value alone has some room around it, too.
  const low = Math.log10(least) - 0.08
  const high = Math.max(Math.log10(most) + 0.08, low + 0.5)
  const at = (value: number): number => from + ((Math.log10(value) - low) / (high - low)) * (to - from)
  const decades = Array.from({ length: Math.ceil(high) - Math.floor(low) + 1 }, (_, index) => Math.floor(low) + index)
  const steps = high - low > 2.5 ? [1] : [1, 2, 5]
  const ticks = decades.flatMap((decade) => steps.map((step) => step * 10 ** decade))
  return { at, ticks: ticks.filter((tick) => Math.log10(tick) >= low && Math.log10(tick) <= high) }
}

function shortNumber(value: number): string {
  return value >= 1000 ? value.toLocaleString('en-US') : `${Number(value.toPrecision(3))}`
}

function f(value: number): string {
  return value.toFixed(1)
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
