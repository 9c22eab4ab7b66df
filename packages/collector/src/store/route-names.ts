import { compareText } from './order-groups.ts'
import type { Filter, KnownRoute, RouteName } from './store.ts'

/** Pages of no route, and those of releases whose routes nobody has pushed: a number alone says nothing. */
export const UNKNOWN_ROUTE = 'unknown'

/** Which numbers of which releases a filter wants, as `release number`. */
export interface WantedRoutes {
  readonly places: readonly string[]
  /** Whether it wants those that are listed, or all others. */
  readonly isListed: boolean
}

/** As the report, `chunks.weights` and `serviceWorker.precache` call it. */
export function nameOfRoute({ id, path }: RouteName): string {
  return path ?? id
}

/** Tables of routes of the releases that were pushed. A number is of one release, and shifts when a route comes between; a name is of all of them. */
export class RouteNames {
  readonly #tables = new Map<string, readonly RouteName[]>()

  learn(release: string, routes: readonly RouteName[]): void {
    this.#tables.set(release, routes)
  }

  nameOf(release: string, route: number): string {
    const known = this.#tables.get(release)?.[route]
    return known ? nameOfRoute(known) : UNKNOWN_ROUTE
  }

  /**
   * @returns nothing where a filter wants all routes
   * @throws TypeError for a number without a release
   */
  wanted({ release, route }: Filter): WantedRoutes | undefined {
    if (route === undefined) return undefined
    if (typeof route === 'number') {
      if (release === undefined) throw new TypeError('A number of a route is of one release: name that, too.')
      return { places: [`${release} ${route}`], isListed: true }
    }
    const isListed = route !== UNKNOWN_ROUTE
    const tables = release === undefined ? [...this.#tables.keys()] : [release]
    const places = tables.flatMap((one) =>
      (this.#tables.get(one) ?? []).flatMap((entry, number) => {
        const name = nameOfRoute(entry)
        return (isListed ? name === route : name !== UNKNOWN_ROUTE) ? [`${one} ${number}`] : []
      }),
    )
    return { places, isListed }
  }

  /** What those are called, each once. @param seen release and number, the newest release last */
  known(seen: Iterable<readonly [release: string, route: number]>): KnownRoute[] {
    const found = new Map<string, KnownRoute>()
    for (const [release, route] of seen) {
      const name = this.nameOf(release, route)
      const { id } = this.#tables.get(release)?.[route] ?? { id: undefined }
      found.set(name, { name, ...(id === undefined ? {} : { id }) })
    }
    return [...found.values()].toSorted((a, b) => compareText(a.name, b.name))
  }
}
