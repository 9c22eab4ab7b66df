import { resolve } from 'node:path'
import { resolveSla } from '@paceline/kit'
import {
  compareBuilds,
  createProgress,
  loadFlow,
  makeResult,
  measureRoutes,
  openSite,
  recordVisit,
  withBrowser,
} from '@paceline/lab'
import type { LabFindings, LabResult, OpenSite, RecordedVisit, RouteMeasurement } from '@paceline/lab'
import type { Invocation } from '../command.ts'
import type { Io } from '../io.ts'
import { manifestOf, reportOf, tablesOf } from './open-builds.ts'
import type { FoundBuild } from './open-builds.ts'
import type { MeasureOptions } from './read-measure-options.ts'

export interface Measured {
  readonly result: LabResult
  /** A visit of each page, for who draws them. */
  readonly recorded: readonly RecordedVisit[]
}

/**
 * Measures a build, and compares it with another one when there is one.
 *
 * @throws `PACELINE_LAB_*`
 */
export async function measureBuilds(
  candidate: FoundBuild,
  baseline: FoundBuild | undefined,
  options: MeasureOptions,
  invocation: Invocation,
  io: Io,
): Promise<Measured> {
  const report = await reportOf(candidate)
  const script = invocation.text('script')
  const flow = script === undefined ? undefined : await loadFlow(resolve(io.cwd, script))
  const routes = options.routes ?? routesOf(report?.routes.map(({ path }) => path) ?? [])
  // A build that says nothing of limits is held to the usual ones, as its pages would be.
  const sla = resolveSla(report?.sla)
  const serve = invocation.text('serve')
  const progress = createProgress((line) => io.err(`paceline: ${line}\n`))
  const traces = invocation.text('traces')
  const isRecorded = traces !== undefined || invocation.text('html') !== undefined
  const findTable = tablesOf([candidate, baseline])
  const recorded: RecordedVisit[] = []
  const sites: OpenSite[] = []
  const open = async (build: FoundBuild): Promise<string> => {
    // As in production: with the release's cache policy, links and deltas, not with what a look at the folder suggests.
    const manifest = serve === undefined ? await manifestOf(build, io.cwd) : undefined
    const site = await openSite({ given: build.given, cwd: io.cwd, serve, manifest })
    sites.push(site)
    return site.url
  }
  try {
    const url = await open(candidate)
    const previousUrl = baseline && (await open(baseline))
    const { profiles, kinds, runs, blocks, timeout, budget, tolerance, insecure } = options
    const findings = await withBrowser(async (browser): Promise<LabFindings> => {
      const measure = (origin: string, before: string | undefined): Promise<RouteMeasurement[]> => {
        const wanted = before === undefined ? kinds.filter((kind) => kind !== 'update') : kinds
        const limits = origin === url ? sla : undefined
        const request = { url: origin, previousUrl: before, routes, profiles, kinds: wanted, runs, timeout, insecure }
        return measureRoutes(browser, { ...request, sla: limits, flow, budget, progress })
      }
      const comparisons =
        previousUrl === undefined
          ? undefined
          : await compareBuilds(browser, {
              baseline: previousUrl,
              candidate: url,
              routes,
              blocks,
              timeout,
              insecure,
              tolerance,
              flow,
              budget: budget === undefined ? undefined : budget / routes.length,
              findTable,
              progress,
            })
      const measurements = runs === 0 ? [] : await measure(url, previousUrl)
      const before = runs === 0 || previousUrl === undefined ? undefined : await measure(previousUrl, undefined)
      if (isRecorded) {
        progress.expect(routes.length)
        for (const route of routes) {
          progress.step(`${route}, filmed`)
          const request = { url, route, profile: profiles[0]!, timeout, insecure, flow, findTable }
          recorded.push(await recordVisit(browser, { ...request, traces: traces && resolve(io.cwd, traces) }))
        }
      }
      return {
        browser: browser.version(),
        site: candidate.name,
        baseline: baseline?.name,
        measurements,
        baselineMeasurements: before,
        comparisons,
      }
    })
    return { result: makeResult(findings), recorded }
  } finally {
    await Promise.all(sites.map((site) => site.close()))
  }
}

/** Pages whose address is known without asking anybody: those without parameters. */
function routesOf(paths: readonly (string | undefined)[]): string[] {
  const plain = paths.filter((path): path is string => path !== undefined && !/[:*]/.test(path))
  return plain.length > 0 ? [...new Set(plain)] : ['/']
}
