import { resolve } from 'node:path'
import type { BuildReport } from '@paceline/build-graph'
import { resolveSla } from '@paceline/kit'
import {
  compareBuilds,
  createProgress,
  isAddress,
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
import { leftOut } from './left-out.ts'
import { measureError } from './measure-errors.ts'
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
  const page = pageToVisit(candidate, baseline, options.routes)
  const routes = options.routes ?? (page === undefined ? routesOf(report) : [page])
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
        notes: [...unjudged(runs, flow !== undefined), ...leftOut(options, { measurements, comparisons })],
      }
    })
    return { result: makeResult(findings), recorded }
  } finally {
    await Promise.all(sites.map((site) => site.close()))
  }
}

/** Limits that nothing was held to: an exit code of 0 says nothing of them. */
function unjudged(runs: number, isScripted: boolean): string[] {
  if (runs === 0) return ['The limits of the SLA are not judged: that needs visits, as many as `--runs` says.']
  return isScripted ? [] : ['INP is not judged: that needs interactions, those of a `--script`.']
}

/**
 * The page that an address names, when it does not name a site as a whole.
 *
 * @throws `PACELINE_MEASURE_OPTION`, `PACELINE_MEASURE_BASELINE` when something else names another one
 */
function pageToVisit(
  candidate: FoundBuild,
  baseline: FoundBuild | undefined,
  routes: readonly string[] | undefined,
): string | undefined {
  const page = pageOf(candidate.given)
  if (page !== undefined && routes !== undefined) {
    const advice = `Name the site without \`${page}\`, or leave the option out.`
    throw measureError('PACELINE_MEASURE_OPTION', ['--route', `'${routes.join()}' beside ${candidate.given}`, advice])
  }
  const before = baseline && pageOf(baseline.given)
  if (before !== undefined && before !== page) {
    throw measureError('PACELINE_MEASURE_BASELINE', [
      baseline!.given,
      `it names the page \`${before}\`, and the candidate ${page === undefined ? 'does not' : `\`${page}\``}`,
    ])
  }
  return page
}

function pageOf(given: string): string | undefined {
  if (!isAddress(given) || !URL.canParse(given)) return undefined
  const { pathname, search } = new URL(given)
  return pathname + search === '/' ? undefined : pathname + search
}

/** Pages whose address is known without asking anybody: those without parameters. */
function routesOf(report: BuildReport | undefined): string[] {
  const paths = report?.routes.map(({ path }) => path) ?? []
  const plain = paths.filter((path): path is string => path !== undefined && !/[:*]/.test(path))
  return plain.length > 0 ? [...new Set(plain)] : ['/']
}
