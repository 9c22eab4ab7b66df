import { entryRoutes, type BuildReport, type RouteEntry } from '@paceline/build-graph'
import { chainInto, routeLoad } from '../loads.ts'
import type { Found, Rule } from '../rule.ts'

const FIX = "Let the planner join chunks (`chunks.strategy: 'planned'`), or put small ones into a group."
const FIX_PLANNED =
  'Lower `chunks.maxRouteRequests` or `chunks.maxInitialRequests` and make the plan anew with `paceline chunks plan`, which says what is in the way.'

/** Requests of first loads: of the entries, and of every route. */
export const requests: Rule<'requests'> = {
  name: 'requests',
  check({ report, planned }, { initial, route: perRoute }) {
    const fix = planned === true ? FIX_PLANNED : FIX
    const entries = new Set(entryRoutes(report))
    return report.routes.flatMap((route) => {
      const { requests: actual } = route.firstLoad
      if (entries.has(route) && actual > initial) return [tooMany(report, route, 'the initial load', initial, fix)]
      return actual > perRoute ? [tooMany(report, route, 'the first load', perRoute, fix)] : []
    })
  },
}

function tooMany(report: BuildReport, route: RouteEntry, what: string, limit: number, fix: string): Found {
  const { requests: actual, byKind } = route.firstLoad
  const kinds = Object.entries(byKind)
    .toSorted(([, a], [, b]) => b.requests - a.requests)
    .map(([kind, load]) => `${load.requests} ${kind}`)
  const load = routeLoad(report, route)
  return {
    subject: route.id,
    names: [route.id, route.module],
    message: `\`${route.id}\` makes ${actual} requests in ${what}, limit ${limit}: ${kinds.join(', ')}.`,
    chain: chainInto(report, load, ({ id }) => id === route.module),
    fix,
  }
}
