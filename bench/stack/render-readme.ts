import type { Spread } from '../lib/statistics.ts'
import type { VisitName } from './measure-visits.ts'
import { linesOf, type StackResults, type StoredStack } from './render-stack.ts'
import type { VariantName } from './variants.ts'

/** The comments of README.md between which the table stands. */
export const README_BLOCK = 'npm run bench -- stack'

interface Row {
  readonly what: string
  /** One cell; nothing for what was not measured. */
  readonly of: (results: StackResults) => string | undefined
}

const ROWS: readonly Row[] = [
  { what: 'lines of configuration', of: ({ lines }) => arrow(linesOf(lines.peers), linesOf(lines.paceline)) },
  { what: 'build with nothing cached', of: (results) => wall(results, 'cold') },
  { what: 'the same build again', of: (results) => wall(results, 'second') },
  { what: 'peak memory of a build', of: memory },
  { what: 'sizes of the treemap, in brotli: off by', of: sizeError },
  { what: 'first visit, all that comes down', of: (results) => bytes(results, 'first') },
  { what: 'the next visit', of: (results) => bytes(results, 'repeat') },
  { what: 'a visit after one line has changed', of: (results) => bytes(results, 'after a deploy') },
  { what: 'Time to Interactive of a first visit', of: (results) => tti(results, 'first') },
  { what: 'of one after one line has changed', of: (results) => tti(results, 'after a deploy') },
]

/** The table of README.md: the stack by hand → Paceline, an app a column, medians. */
export function renderReadme(stored: StoredStack): string {
  const apps = Object.entries(stored)
  const rows = ROWS.map(({ what, of }) => [what, ...apps.map(([, { value }]) => of(value) ?? 'not measured')])
  const head = ['by hand → `paceline()` (bare Vite)', ...apps.map(([app]) => app)]
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n')
}

function wall({ builds }: StackResults, kind: 'cold' | 'second'): string | undefined {
  return (
    builds &&
    three(
      (name) => builds[kind].find((one) => one.name === name)!.wall,
      (ms) => (ms / 1000).toFixed(1),
      's',
    )
  )
}

function memory({ builds }: StackResults): string | undefined {
  return (
    builds &&
    three(
      (name) => builds.cold.find((one) => one.name === name)!.rss,
      (size) => (size / 1e6).toFixed(0),
      'MB',
    )
  )
}

function bytes({ visits }: StackResults, kind: VisitName): string | undefined {
  return (
    visits &&
    three(
      (name) => visits.costs.find(({ variant }) => variant === name)!.bytes[kind],
      (size) => (size / 1000).toFixed(1),
      'kB',
    )
  )
}

function tti({ visits }: StackResults, kind: VisitName): string | undefined {
  if (!visits) return undefined
  const of = (name: VariantName) => visits.costs.find(({ variant }) => variant === name)!.tti[kind]
  const text = (name: VariantName): string => {
    const found = of(name)
    return found === undefined ? 'never quiet' : (found.median / 1000).toFixed(2)
  }
  return `${arrow(text('peers'), text('paceline'))} s (${text('bare')})`
}

/** Of the tool that draws the treemap of a stack by hand, and of ours. */
function sizeError({ sizes }: StackResults): string | undefined {
  const of = (tool: string): string | undefined => {
    const found = sizes?.find((one) => one.tool === tool && one.encoding === 'brotli')
    return found && `${(found.errors.median * 100).toFixed(0)} %`
  }
  const [byHand, ours] = [of('rollup-plugin-visualizer'), of('paceline')]
  return byHand === undefined || ours === undefined ? undefined : arrow(byHand, ours)
}

function three(of: (name: VariantName) => Spread, text: (median: number) => string, unit: string): string {
  const [bare, byHand, ours] = [text(of('bare').median), text(of('peers').median), text(of('paceline').median)]
  return `${arrow(byHand, ours)} ${unit} (${bare})`
}

function arrow(byHand: string | number, ours: string | number): string {
  return `${byHand} → ${ours}`
}
