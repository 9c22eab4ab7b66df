import type { RouteLimitsApi, RouteNames } from '@paceline/kit'
import type { PageBudgets } from '../page-api.ts'
import { routeTable } from './route-table.ts'

/** A route with the path by which a page knows that it is on it. */
export type PageRoute = RouteNames & { readonly path: string }

/** What the routes may download, by their paths. Routes without limits are in it without any: a path has the limits of the first that it matches. */
export function pageBudgets(routes: readonly PageRoute[], { routeLimits }: RouteLimitsApi, base: string): PageBudgets {
  // Two routes of one path: the first counts, as in the report.
  const named = new Map(routes.toReversed().map((route) => [route.path, route]))
  return routeTable([...named.keys()], base).map(({ path, pattern }) => {
    const { firstLoad, requests } = routeLimits(named.get(path)!) ?? {}
    return [
      pattern,
      {
        ...(firstLoad && { bytes: firstLoad.limit, encoding: firstLoad.encoding }),
        ...(requests && { requests: requests.limit }),
      },
    ]
  })
}

/** As source text. */
export function budgetsSource(budgets: PageBudgets): string {
  return `[${budgets.map(([pattern, limits]) => `[${String(pattern)}, ${JSON.stringify(limits)}]`).join(', ')}]`
}
