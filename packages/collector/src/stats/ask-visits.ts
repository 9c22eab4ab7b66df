import type { Filter, Store } from '../store/store.ts'
import { BEGINNINGS, countVisits } from './visits.ts'
import type { RouteTable, Visits } from './visits.ts'

/** Answer of `performance/visits`. */
export async function askVisits(store: Store, filter: Omit<Filter, 'nav'>): Promise<Visits> {
  const found = await Promise.all(BEGINNINGS.map((nav) => store.cells({ ...filter, nav }, 'release-route')))
  const groups = found.flat()
  const visited = new Set(groups.filter(({ cell }) => cell.pages > 0).map(({ key }) => key.split(' ')[0]))
  const { releases } = await store.dimensions()
  const tables: RouteTable[] = []
  // One after the other: what was pushed of a release can be megabytes.
  for (const { release } of releases.filter((one) => visited.has(one.release))) {
    const pushed = await store.release(release)
    if (pushed) tables.push({ release, routes: pushed.routes })
  }
  return { from: filter.from, to: filter.to, ...countVisits(groups, tables) }
}
