import type { Measure } from './encoders.ts'

/** A route as the report names it. */
export interface RouteNames {
  /** The path when one is known, else the module. */
  readonly id: string
  readonly path?: string | undefined
  /** Relative to the Vite root. */
  readonly module?: string | undefined
}

/** What somebody who lands on a route may download: JS, CSS and what is preloaded, without the HTML. */
export interface RouteLimits {
  /** Bytes, counted in this encoding. */
  readonly firstLoad?: { readonly limit: number; readonly encoding: Measure } | undefined
  readonly requests?: { readonly limit: number } | undefined
}

/** What plugins that show budgets get from the one that keeps them, in its `api`. */
export interface RouteLimitsApi {
  /** @returns `undefined` for a route without limits */
  routeLimits(route: RouteNames): RouteLimits | undefined
}

/** @param plugins of a resolved config; without budgets among them there are no limits */
export function findRouteLimits(plugins: readonly { readonly name: string; readonly api?: unknown }[]): RouteLimitsApi {
  const api = plugins.find(({ name }) => name === 'paceline:budgets')?.api as Partial<RouteLimitsApi> | undefined
  return { routeLimits: (route) => api?.routeLimits?.(route) }
}
