import type { Visits } from '@paceline/collector'
import { collectorError } from '../../collector/collector-errors.ts'

/** Route → visits that begin there, relative to the mean of all routes; `'*'` for each route that is not named. */
export type VisitWeights = Readonly<Record<string, number>>

/** On ten visits of a mean route its share is known to ±60 % (95 %, Poisson). */
const PER_ROUTE = 10
const LEAST = 100
const OTHERS = '*'
/** A route that nobody came to is not one that nobody will come to. */
const NOBODY_YET = 0.5

/**
 * What `chunks.weights` and `serviceWorker.precache.routes.visits` take, the mean over all routes of the app being 1. Visits of routes without a name are
 * shared among those that no visit began on; so are those of a route whose path is `*`, which is what the others are called.
 *
 * @param days that were asked for, for messages
 * @throws `PACELINE_VISITS_TOO_FEW`, `PACELINE_VISITS_UNNAMED`
 */
export function visitWeights({ pages, visits, routes, unnamed }: Visits, days: number): VisitWeights {
  const needed = Math.max(LEAST, PER_ROUTE * routes.length)
  if (pages < needed) throw collectorError('PACELINE_VISITS_TOO_FEW', [pages, days, needed])
  if (unnamed > visits / 2) throw collectorError('PACELINE_VISITS_UNNAMED', [unnamed, visits])
  const visited = routes.filter((route) => route.visits > 0 && route.name !== OTHERS)
  const named = visited.reduce((sum, route) => sum + route.visits, 0)
  const others = routes.length - visited.length
  const other = others === 0 ? 0 : Math.max(NOBODY_YET, (visits - named) / others)
  const mean = (named + other * others) / routes.length
  const weigh = (count: number): number => Number((count / mean).toPrecision(3))
  const weights = visited
    .map((route): [string, number] => [route.name, weigh(route.visits)])
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(others > 0 ? [[OTHERS, weigh(other)], ...weights] : weights)
}
