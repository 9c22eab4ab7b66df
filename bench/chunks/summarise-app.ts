import { meanOf, worseRoutes } from './route-figures.ts'
import type { RouteFigures, Worse } from './route-figures.ts'
import type { StrategyName } from './strategies.ts'

/** One line of the results: means over the routes, in brotli bytes. */
export interface StrategySummary {
  readonly name: StrategyName
  readonly js: number
  /** Bytes of JavaScript against the default's. */
  readonly ratio: number
  readonly requests: number
  readonly css: number
  readonly document: number
  /** Shipped and not needed, as a share of the JavaScript. */
  readonly waste: number
  /** Bytes of JavaScript beyond the bound, as a share of the bound. */
  readonly beyondBound?: number
  /** Re-downloaded after the edit of a leaf: all of it, and the document's part. */
  readonly leaf?: { readonly bytes: number; readonly document: number }
  /** Against the default. */
  readonly worse: Worse
  /** Most requests for JavaScript on any route. */
  readonly mostRequests: number
  readonly routes: number
  /** Route by route. */
  readonly details: readonly RouteFigures[]
}

export interface AppResults {
  readonly app: string
  readonly vite: string
  /** JavaScript modules that some route needs. */
  readonly modules: number
  readonly strategies: readonly StrategySummary[]
  /** Strategies that did not build, and why. */
  readonly failures: Readonly<Record<string, string>>
}

/** The lines of an app; the first strategy is what the others are compared with. */
export function summariseApp(measured: ReadonlyMap<StrategyName, readonly RouteFigures[]>): StrategySummary[] {
  const [base] = measured.values()
  if (base === undefined) throw new RangeError('`measured` must not be empty. Build at least one strategy.')
  return [...measured].map(([name, routes]) => {
    const js = meanOf(routes, (route) => route.js)
    const has = (figure: 'bound' | 'leaf'): boolean => routes.some((route) => route[figure] !== undefined)
    return {
      name,
      js,
      ratio: js / meanOf(base, (route) => route.js),
      requests: meanOf(routes, (route) => route.requests),
      css: meanOf(routes, (route) => route.css),
      document: meanOf(routes, (route) => route.document),
      waste: meanOf(routes, (route) => route.waste) / js,
      worse: worseRoutes(routes, base),
      mostRequests: Math.max(...routes.map(({ requests }) => requests)),
      ...(has('bound') && { beyondBound: js / meanOf(routes, (route) => route.bound) - 1 }),
      ...(has('leaf') && {
        leaf: {
          bytes: meanOf(routes, (route) => route.leaf),
          document: meanOf(routes, (route) => route.leafDocument),
        },
      }),
      routes: routes.length,
      details: routes,
    }
  })
}
