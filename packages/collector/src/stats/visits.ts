import { PARTS } from '../cells/measure-beacon.ts'
import { nameOfRoute } from '../store/route-names.ts'
import type { CellGroup, RouteName } from '../store/store.ts'

/** Answer of `performance/visits`: on which routes visits begin. */
export interface Visits {
  /** Milliseconds since the epoch. */
  readonly from: number
  readonly to: number
  /** Pages that reported. */
  readonly pages: number
  /** Those and the pages that they stand for, where not every page reports; the sum of all that is below. */
  readonly visits: number
  /** The newest release that was pushed and visited; `null` where there is none. */
  readonly release: string | null
  /** Its routes by name, in the order of its table, those without a visit too. Visits of earlier releases are counted under the same name. */
  readonly routes: readonly RouteVisits[]
  /** Visits of routes without a name: unknown ones, those of releases that were not pushed, and those that `release` does not have. */
  readonly unnamed: number
}

interface RouteVisits {
  readonly name: string
  readonly visits: number
}

/**
 * Navigations with which a visit begins: somebody follows a link to the site, writes its address or opens a page that was rendered ahead. A page that
 * is reloaded or gone back to was begun before, and a soft navigation loads no page.
 */
export const BEGINNINGS = ['navigate', 'prerender'] as const

/** The routes of a release by number, as it was pushed. */
export interface RouteTable {
  readonly release: string
  readonly routes: readonly RouteName[]
}

/**
 * Adds up visits by the names of routes: their numbers are of one release each.
 *
 * @param groups of `release-route`, of all {@link BEGINNINGS}
 * @param tables of the releases that were pushed, the newest first
 */
export function countVisits(
  groups: readonly CellGroup[],
  tables: readonly RouteTable[],
): Pick<Visits, 'pages' | 'visits' | 'release' | 'routes' | 'unnamed'> {
  const [newest] = tables
  const counts = new Map((newest?.routes ?? []).map((route) => [nameOfRoute(route), 0]))
  const routesOf = new Map(tables.map(({ release, routes }) => [release, routes]))
  let pages = 0
  let unnamed = 0
  for (const { key, cell } of groups) {
    const [release = '', number = ''] = key.split(' ')
    const route = routesOf.get(release)?.[Number(number)]
    const known = route && counts.get(nameOfRoute(route))
    const visits = cell.pages + cell.unsampled / PARTS
    pages += cell.pages
    if (known === undefined) unnamed += visits
    else counts.set(nameOfRoute(route!), known + visits)
  }
  // Each is rounded before it is added, so that the parts are the whole.
  const routes = [...counts].map(([name, visits]) => ({ name, visits: Math.round(visits) }))
  const rest = Math.round(unnamed)
  const visits = routes.reduce((sum, route) => sum + route.visits, rest)
  return { pages, visits, release: newest?.release ?? null, routes, unnamed: rest }
}
