import { entryRoutes, type BuildReport } from '@paceline/build-graph'
import { formatBytes } from '@paceline/kit'
import { driftMessage, driftOf, type MeasuredRoute } from './plan-file/drift.ts'
import { requestMessages, type RequestLimits } from './plan-file/request-drift.ts'
import type { RouteExpectation, StoredPlan } from './plan-file/stored-plan.ts'

/** JavaScript of every first load, as it was emitted. */
export function measuredRoutes({ routes }: BuildReport): MeasuredRoute[] {
  return routes.map(({ id, firstLoad }) => {
    const { brotli = 0, requests = 0 } = firstLoad.byKind.js ?? {}
    return { id, bytes: brotli, requests }
  })
}

/** A plan that expects what a build has measured, which is exact where the planner's own figures are estimates. */
export function withMeasured(plan: StoredPlan, report: BuildReport): StoredPlan {
  const routes = measuredRoutes(report).map(({ id, bytes, requests }): [string, RouteExpectation] => [
    id,
    { bytes, requests },
  ])
  return { ...plan, routes: Object.fromEntries(routes) }
}

/** What a build that followed a plan warns of: first loads that have grown, and limits that they have passed. */
export function driftWarnings(
  plan: StoredPlan,
  report: BuildReport,
  { drift, ...limits }: RequestLimits & { readonly drift: number },
  file: string,
): string[] {
  const measured = measuredRoutes(report)
  const entries = new Set(entryRoutes(report).map(({ id }) => id))
  const routes = measured.map((route) => ({ ...route, entry: entries.has(route.id) }))
  const message = driftMessage(driftOf(plan, measured), drift, file)
  // One chunk of packages keeps to no limit.
  const passed = plan.settings['strategy'] === 'vendor' ? [] : requestMessages(plan, routes, limits, file)
  return [...(message === undefined ? [] : [message]), ...passed]
}

/** One line for people about a plan that was just made. */
export function planNotice({ chunks, routes, bundler }: StoredPlan, file: string): string {
  const loads = Object.values(routes)
  const mean = (of: (route: RouteExpectation) => number): number =>
    loads.reduce((sum, route) => sum + of(route), 0) / Math.max(1, loads.length)
  const bytes = formatBytes(Math.round(mean((route) => route.bytes)))
  const requests = Number(mean((route) => route.requests).toFixed(1))
  const what = bundler ? "the bundler's own chunks" : `${chunks.length} chunks`
  return `\`${file}\` is new: ${what}; a first load has ${bytes} of JS (brotli) in ${requests} requests, mean over ${loads.length} routes. Commit it; later builds follow it.`
}
