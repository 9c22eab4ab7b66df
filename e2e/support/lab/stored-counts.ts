import { packageOf } from '@paceline/build-graph'
import type { RouteCounts } from '@paceline/lab'

/** The fewest and the most that visits counted: on a busy machine some end before the last frame has come. */
type Range = readonly [low: number, high: number]

/** What is kept of a page. */
interface PageCounts {
  readonly totals: Readonly<Record<Total, Range>>
  /** Work of the app's own modules. */
  readonly modules: Readonly<Record<string, Range>>
  /** Work by package. */
  readonly packages: Readonly<Record<string, Range>>
}

/** By page. */
export type StoredCounts = Readonly<Record<string, PageCounts>>

const TOTALS = ['elements', 'requests', 'bytes'] as const
type Total = (typeof TOTALS)[number]

interface Limits {
  /** By how much the fewest may be beyond the most that is written down. */
  readonly growth: number
  /** Of what is less nothing is kept. */
  readonly kept: number
  /** What is new may be so much. */
  readonly fresh: number
}

const MODULES: Limits = { growth: 1.03, kept: 200, fresh: 2000 }
// A page whose data come late shows a skeleton first, which is up to 22 % more for React.
const PACKAGES: Limits = { growth: 1.25, kept: 20_000, fresh: 30_000 }
const TOTAL_GROWTH: Readonly<Record<Total, number>> = { elements: 1.03, requests: 1, bytes: 1.03 }

/** What is written down of visits. */
export function countsToStore(found: readonly RouteCounts[]): StoredCounts {
  return Object.fromEntries(
    found.map((one) => {
      const modules = select(ownModules(one), MODULES)
      const packages = select(packagesOf(one), PACKAGES)
      const totals = Object.fromEntries(TOTALS.map((name) => [name, one.counts[name]])) as PageCounts['totals']
      return [one.route, { totals, modules, packages }]
    }),
  )
}

/** The file, with a figure on each line: as it is formatted. */
export function textOf(counts: StoredCounts): string {
  return `${JSON.stringify(counts, null, 2).replaceAll(/\[\s+(\d+),\s+(\d+)\s+\]/g, '[$1, $2]')}\n`
}

/** What there is more of than is written down, and what is written down and was not found; a sentence each. */
export function differences(stored: StoredCounts, found: readonly RouteCounts[]): string[] {
  const routes = new Set([...Object.keys(stored), ...found.map(({ route }) => route)])
  return [...routes].flatMap((route) => {
    const before = stored[route]
    const now = found.find((one) => one.route === route)
    if (before === undefined) return [`${route}: nothing is written down`]
    if (now === undefined) return [`${route}: was not visited`]
    const totals = TOTALS.filter((name) => now.counts[name][0] > before.totals[name][1] * TOTAL_GROWTH[name])
    return [
      ...totals.map((name) => `${name} ${before.totals[name][1]} → ${now.counts[name][0]}`),
      ...groupDifferences(before.modules, ownModules(now), MODULES),
      ...groupDifferences(before.packages, packagesOf(now), PACKAGES),
    ].map((what) => `${route}: ${what}`)
  })
}

function groupDifferences(
  before: Readonly<Record<string, Range>>,
  now: Readonly<Record<string, Range>>,
  { growth, fresh }: Limits,
): string[] {
  const gone = Object.entries(before).filter(([name, [low]]) => low > 0 && (now[name]?.[1] ?? 0) === 0)
  const heavier = Object.entries(now).flatMap(([name, [low]]) => {
    const known = before[name]
    if (known === undefined) return low >= fresh ? [`${name} is new and does ${low}`] : []
    return low > known[1] * growth ? [`${name} ${known[1]} → ${low}`] : []
  })
  return [...gone.map(([name]) => `${name} was not found`), ...heavier]
}

function ownModules({ modules }: RouteCounts): Record<string, Range> {
  return Object.fromEntries(Object.entries(modules).filter(([name]) => name.startsWith('src/')))
}

function packagesOf({ modules }: RouteCounts): Record<string, Range> {
  const sums = new Map<string, Range>()
  for (const [id, [low, high]] of Object.entries(modules)) {
    const name = packageOf(`/${id}`)?.name
    if (name === undefined) continue
    const [lowest, highest] = sums.get(name) ?? [0, 0]
    sums.set(name, [lowest + low, highest + high])
  }
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function select(all: Readonly<Record<string, Range>>, { kept }: Limits): Record<string, Range> {
  return Object.fromEntries(Object.entries(all).filter(([, [, high]]) => high >= kept))
}
