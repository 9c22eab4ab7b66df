import type { Browser } from 'playwright-core'
import { slaOf } from '@paceline/kit'
import type { ResolvedSla } from '@paceline/kit'
import { closeContext, newContext } from '../browser/open-page.ts'
import { isMissing } from '../browser/requests.ts'
import type { Flow } from '../browser/run-flow.ts'
import { visit } from '../browser/visit.ts'
import type { Visit } from '../browser/visit.ts'
import { affordable } from '../core/affordable.ts'
import { medianOf } from '../core/median.ts'
import type { Profile } from '../core/profiles.ts'
import { sumRequests } from '../core/sum-requests.ts'
import type { RequestSums } from '../core/sum-requests.ts'
import type { Progress } from '../progress.ts'
import { startSwitchingProxy } from '../source/switching-proxy.ts'
import { judgeLimits, METRICS } from './judge-limits.ts'
import type { LimitVerdict, MetricMedians } from './judge-limits.ts'

/**
 * - `cold`: nothing is known of the site.
 * - `repeat`: right after a cold visit: HTTP cache, service worker.
 * - `update`: right after a visit of the release before, at the same origin.
 */
export type VisitKind = 'cold' | 'repeat' | 'update'

export interface RoutesRequest {
  /** Origin. */
  readonly url: string
  /** Origin of the release before, for `update`. */
  readonly previousUrl?: string | undefined
  readonly routes: readonly string[]
  readonly profiles: readonly Profile[]
  readonly kinds: readonly VisitKind[]
  /** Visits of each kind that count. */
  readonly runs: number
  /** Visits before them that do not: those of a fresh browser are slower by far. @default 2 */
  readonly warmUps?: number | undefined
  /** ms for one visit. */
  readonly timeout: number
  readonly insecure: boolean
  /** Holds the first of `kinds`. */
  readonly sla: ResolvedSla | undefined
  readonly flow?: Flow | undefined
  /** ms for everything; fewer visits are made when it is short. */
  readonly budget?: number | undefined
  readonly progress: Progress
}

/** The figures of one route, on one profile, for one kind of visit. */
export interface RouteMeasurement {
  readonly route: string
  readonly profile: string
  readonly kind: VisitKind
  readonly runs: number
  readonly metrics: MetricMedians
  /** Of the visit in the middle. */
  readonly requests: RequestSums
  readonly verdicts: readonly LimitVerdict[]
  /** The visit whose TTI is in the middle. */
  readonly typical: Visit
  /** What a reader should know: redirects, errors of the page, visits that gave no TTI. */
  readonly notes: readonly string[]
}

const WARM_UPS = 2
const FEWEST_RUNS = 3

/**
 * Visits every route on every profile: two visits that do not count, then `runs` that do, each in a fresh context, one after the other.
 *
 * @throws `PACELINE_LAB_*`
 */
export async function measureRoutes(browser: Browser, request: RoutesRequest): Promise<RouteMeasurement[]> {
  const { routes, profiles, kinds, runs, warmUps = WARM_UPS, progress } = request
  progress.expect(routes.length * profiles.length * (runs + warmUps))
  const measurements: RouteMeasurement[] = []
  const parts = routes.length * profiles.length
  for (const profile of profiles) {
    for (const route of routes) {
      const visits = new Map<VisitKind, Visit[]>(kinds.map((kind) => [kind, []]))
      const began = performance.now()
      let count = runs
      for (let run = -warmUps; run < count; run++) {
        progress.step(`${route} on ${profile.name}, ${run < 0 ? 'warming up' : `visit ${run + 1} of ${count}`}`)
        const seen = await visitOnce(browser, request, route, profile)
        if (run >= 0) for (const [kind, one] of seen) visits.get(kind)?.push(one)
        // How many there are is decided before the first that counts, and never by what they say.
        if (run === -1) {
          const each = (performance.now() - began) / warmUps
          const budget = request.budget && request.budget / parts
          count = affordable({ wanted: runs, fewest: FEWEST_RUNS, each, made: warmUps, budget })
        }
      }
      for (const [kind, list] of visits) measurements.push(summarize(request, route, profile, kind, list))
    }
  }
  return measurements
}

async function visitOnce(
  browser: Browser,
  { url, previousUrl, kinds, timeout, insecure, flow }: RoutesRequest,
  route: string,
  profile: Profile,
): Promise<Map<VisitKind, Visit>> {
  const seen = new Map<VisitKind, Visit>()
  const wanted = (origin: string): string => new URL(route, origin).href
  if (kinds.includes('cold') || kinds.includes('repeat')) {
    const context = await newContext(browser, { profile, insecure })
    try {
      seen.set('cold', await visit(context, { url: wanted(url), profile, timeout, flow }))
      if (kinds.includes('repeat')) {
        seen.set('repeat', await visit(context, { url: wanted(url), profile, timeout, flow }))
      }
    } finally {
      await closeContext(context)
    }
  }
  if (kinds.includes('update') && previousUrl !== undefined) {
    const proxy = await startSwitchingProxy(previousUrl, insecure)
    const context = await newContext(browser, { profile, insecure })
    try {
      await visit(context, { url: wanted(proxy.url), profile, timeout })
      proxy.use(url)
      seen.set('update', await visit(context, { url: wanted(proxy.url), profile, timeout, flow }))
    } finally {
      await closeContext(context)
      await proxy.close()
    }
  }
  return seen
}

function summarize(
  { sla, kinds, flow }: RoutesRequest,
  route: string,
  profile: Profile,
  kind: VisitKind,
  visits: readonly Visit[],
): RouteMeasurement {
  const metrics: MetricMedians = Object.fromEntries(
    METRICS.flatMap((metric) => {
      const values = visits.flatMap(({ metrics: figures }) => figures[metric] ?? [])
      return values.length === 0 ? [] : [[metric, medianOf(values)]]
    }),
  )
  const ranked = visits.toSorted((a, b) => (a.metrics.tti ?? Infinity) - (b.metrics.tti ?? Infinity))
  const typical = ranked[Math.floor((ranked.length - 1) / 2)]!
  const limits = sla && kind === kinds[0] ? slaOf(sla, route) : {}
  return {
    route,
    profile: profile.name,
    kind,
    runs: visits.length,
    metrics,
    requests: sumRequests(typical.requests),
    verdicts: judgeLimits(metrics, limits, { count: visits.length, isScripted: flow !== undefined }),
    typical,
    notes: [...notesOf(route, visits), ...(flow !== undefined && !metrics.inp ? [NO_INTERACTION] : [])],
  }
}

const NO_INTERACTION = 'the script made no interaction with a page of the site: INP is not known'

function notesOf(route: string, visits: readonly Visit[]): string[] {
  const final = new URL(visits[0]!.finalUrl)
  const arrived = final.pathname + final.search
  const restless = visits.filter(({ unquiet }) => unquiet !== undefined)
  const errors = new Set(visits.flatMap((one) => one.errors))
  const failed = visits.flatMap(({ requests }) => requests.filter(isMissing))
  return [
    ...(arrived === route ? [] : [`leads to ${arrived}`]),
    ...(restless.length > 0 ? [`${restless.length} of ${visits.length} visits ${restless[0]!.unquiet}`] : []),
    ...(errors.size > 0 ? [`its scripts threw: ${[...errors].slice(0, 2).join('; ')}`] : []),
    ...(failed.length > 0
      ? [`${failed.length} of its requests failed: ${failed[0]!.url} (${failed[0]!.failed}), …`]
      : []),
    ...(visits.some(({ controlled }) => controlled) ? ['controlled by a service worker'] : []),
  ]
}
