import type { BuildReport } from '@paceline/build-graph'
import { formatBytes } from '@paceline/kit'
import { driftMessage, driftOf, type MeasuredRoute } from './plan-file/drift.ts'
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

/** What a build that followed a plan warns of, or nothing. */
export function driftWarning(
  plan: StoredPlan,
  report: BuildReport,
  threshold: number,
  file: string,
): string | undefined {
  return driftMessage(driftOf(plan, measuredRoutes(report)), threshold, file)
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
