import { emptyCell } from '../cells/cell.ts'
import type { Cell } from '../cells/cell.ts'
import { slaLimits } from '../sla/judge-limits.ts'
import type { Limits } from '../sla/judge-limits.ts'
import type { Sla } from '@paceline/kit'
import type { Filter, GroupBy, Store } from '../store/store.ts'
import { judgeSla } from './judge-sla.ts'
import type { Burns } from './judge-sla.ts'
import type { MetricStats, SlaVerdict, Stats, StatsFilter } from './stats.ts'
import { byteStats, estimates, metricStats, operationStats } from './summarise-cell.ts'

/** Pages that were opened so lately may still be open. */
const MAY_BE_OPEN = 30 * 60_000

/** Spans of the burn rate. */
export const WINDOWS: Readonly<Record<string, number>> = {
  '5m': 5 * 60_000,
  '30m': 30 * 60_000,
  '1h': 3_600_000,
  '6h': 6 * 3_600_000,
  '1d': 24 * 3_600_000,
  '3d': 72 * 3_600_000,
}

/** The figures of one value of a dimension. */
export interface GroupStats {
  readonly key: string
  readonly pages: number
  /** Those that reported, and those that they stand for. */
  readonly estimatedPages: number
  readonly opened: number
  readonly metrics: Readonly<Record<string, MetricStats>>
  readonly sla: readonly SlaVerdict[]
}

export interface StatsContext {
  readonly store: Store
  readonly sla: Sla
  readonly minSamples: number
  readonly now: () => number
}

/** Answer of `performance/stats`. */
export async function askStats(context: StatsContext, filter: StatsFilter): Promise<Stats> {
  const { store, minSamples } = context
  const [whole, withBots, operations, burns, pending, limits] = await Promise.all([
    wholeCell(store, filter),
    wholeCell(store, { ...filter, bots: true }),
    store.operations(filter),
    askBurns(context, filter),
    mayBeOpen(context, filter),
    limitsOf(context, filter),
  ])
  const { pages, beacons, opened, reported, errors: unhandled, chunkErrors: chunks } = whole
  return {
    filter,
    pages,
    beacons,
    opened,
    estimated: estimates(whole, operations),
    lost: Math.max(0, opened - reported - pending),
    bots: withBots.pages - pages,
    errors: { unhandled, chunks },
    metrics: metricStats(whole),
    operations: operationStats(operations),
    bytes: byteStats(whole),
    sla: judgeSla({ cell: whole, operations, burns, limits, minSamples }),
  }
}

/** Answer of `performance/metrics`: the figures by the values of one dimension, or over time. */
export async function askGroups(context: StatsContext, filter: StatsFilter, groupBy: GroupBy): Promise<GroupStats[]> {
  const { store, minSamples } = context
  // By navigation type all are told, each by itself: one of them would be the whole.
  const groups = await store.cells(groupBy === 'nav' ? { ...filter, nav: undefined } : filter, groupBy)
  const found: GroupStats[] = []
  const limitsBy = await routeLimits(context)
  for (const { key, cell } of groups) {
    if (cell.pages === 0) continue
    const limits = limitsBy(groupBy === 'route' ? key : filter.route)
    const sla = judgeSla({ cell, operations: [], burns: {}, limits, minSamples }).filter(({ n }) => n > 0)
    found.push({
      key,
      pages: cell.pages,
      estimatedPages: estimates(cell, []).pages,
      opened: cell.opened,
      metrics: metricStats(cell),
      sla,
    })
  }
  return found
}

/** What happened to each objective lately, counted back from the end of the filter. */
export async function askBurns({ store, now }: StatsContext, filter: StatsFilter): Promise<Burns> {
  const end = Math.min(filter.to, now())
  const entries = Object.entries(WINDOWS).map(
    async ([name, length]) => [name, await store.objectives({ ...filter, from: end - length, to: end })] as const,
  )
  return Object.fromEntries(await Promise.all(entries))
}

/** What is promised for the route that is asked for, or for the app. */
export async function limitsOf(context: StatsContext, { route }: StatsFilter): Promise<Limits> {
  return (await routeLimits(context))(route)
}

/** A number is of a release of which no names are known, and so are no limits of its own. */
async function routeLimits({ store, sla }: StatsContext): Promise<(route: StatsFilter['route']) => Limits> {
  const limits = slaLimits(sla)
  if (Object.keys(sla.routes ?? {}).length === 0) return () => limits.ofRoute(undefined)
  const { routes } = await store.dimensions()
  const ids = new Map(routes.map(({ name, id = name }) => [name, id]))
  return (route) => limits.ofRoute(typeof route === 'string' ? { id: ids.get(route) ?? route, path: route } : undefined)
}

async function wholeCell(store: Store, filter: Filter): Promise<Cell> {
  const [group] = await store.cells(filter, 'none')
  return group?.cell ?? emptyCell()
}

async function mayBeOpen({ store, now }: StatsContext, filter: StatsFilter): Promise<number> {
  const from = Math.max(filter.from, now() - MAY_BE_OPEN)
  if (from >= filter.to) return 0
  const counts = await store.objectives({ ...filter, from, to: filter.to })
  return counts.find(({ name }) => name === 'opened')?.bad ?? 0
}
