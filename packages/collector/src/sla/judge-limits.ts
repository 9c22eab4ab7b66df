import type { Sla, VitalName } from '@paceline/kit'
import type { RouteName } from '../store/store.ts'

/** What is promised for one route. */
export interface Limits {
  readonly vitals: Readonly<Partial<Record<VitalName, number>>>
  readonly operations: { readonly within: number; readonly compliance: number }
}

/** The limits of each route of each release, by its number. */
export interface SlaLimits {
  /** Told of a release before its beacons are counted. */
  learn(release: string, routes: readonly RouteName[]): void
  of(release: string, route: number): Limits
  /** Of a route of any release; without one, of the app. */
  ofRoute(route: RouteName | undefined): Limits
}

/** Share of pages that must keep a vital's limit: it is promised at the 75th percentile. */
export const VITAL_COMPLIANCE = 0.75

const DEFAULTS: Sla = { lcp: 2500, inp: 200, cls: 0.1 }
const OPERATIONS = { within: 5000, compliance: 0.95 }
const NAMES = ['lcp', 'inp', 'cls', 'fcp', 'ttfb', 'tti'] as const

/** Resolves an SLA, with Google's "good" as the default for the Core Web Vitals. */
export function slaLimits(sla: Sla = {}): SlaLimits {
  const general = limits(sla, {})
  const byRoute = new Map<string, Limits>()
  for (const [name, own] of Object.entries(sla.routes ?? {})) byRoute.set(name, limits(own, sla))
  const routes = new Map<string, readonly RouteName[]>()
  const ofRoute = (route: RouteName | undefined): Limits => {
    if (!route) return general
    return byRoute.get(route.id) ?? (route.path === undefined ? undefined : byRoute.get(route.path)) ?? general
  }
  return {
    learn(release, names) {
      if (byRoute.size > 0) routes.set(release, names)
    },
    of: (release, route) => ofRoute(routes.get(release)?.[route]),
    ofRoute,
  }
}

/** The share that must keep an SLA, of each objective that it promises: to the whole app, or to some of its routes. */
export function requiredShares(sla: Sla): Readonly<Record<string, number>> {
  const promises = [sla, ...Object.values(sla.routes ?? {})].map((one) => limits(one, sla))
  const vitals = NAMES.filter((name) => promises.some((one) => one.vitals[name] !== undefined))
  return {
    ...Object.fromEntries(vitals.map((name) => [name, VITAL_COMPLIANCE])),
    operations: limits(sla, {}).operations.compliance,
  }
}

function limits(own: Sla, beneath: Sla): Limits {
  const vitals: Partial<Record<VitalName, number>> = {}
  for (const name of NAMES) {
    const limit = own[name] ?? beneath[name] ?? DEFAULTS[name]
    if (limit !== undefined) vitals[name] = limit
  }
  return {
    vitals,
    operations: {
      within: own.operations?.within ?? beneath.operations?.within ?? OPERATIONS.within,
      compliance: own.operations?.compliance ?? beneath.operations?.compliance ?? OPERATIONS.compliance,
    },
  }
}
