import type { LimitVerdict, MetricMedians } from './absolute/judge-limits.ts'
import type { RouteMeasurement, VisitKind } from './absolute/measure-routes.ts'
import type { RouteComparison } from './compare/compare-builds.ts'
import type { RequestSums } from './core/sum-requests.ts'

/** What `paceline measure` found. */
export interface LabResult {
  readonly schemaVersion: 1
  /** Chromium's version. */
  readonly browser: string
  readonly site: string
  readonly baseline?: string
  readonly verdict: 'holds' | 'broken' | 'unknown'
  readonly measurements: readonly MeasuredRoute[]
  /** The same of the baseline: for reading, never judged against each other. */
  readonly baselineMeasurements?: readonly MeasuredRoute[]
  readonly comparisons?: readonly RouteComparison[]
  /** What was not looked at though there is a limit for it, a sentence each. */
  readonly notes?: readonly string[]
}

/** A measurement without its visits, for JSON. */
export interface MeasuredRoute {
  readonly route: string
  readonly profile: string
  readonly kind: VisitKind
  readonly runs: number
  readonly metrics: MetricMedians
  readonly requests: RequestSums
  readonly verdicts: readonly LimitVerdict[]
  readonly notes: readonly string[]
}

/** The baseline's visits of the same page, on the same profile, of the same kind; there is none of an `update`. */
export function baselineOf({ baselineMeasurements }: LabResult, one: MeasuredRoute): MeasuredRoute | undefined {
  return baselineMeasurements?.find(
    ({ route, profile, kind }) => route === one.route && profile === one.profile && kind === one.kind,
  )
}

export interface LabFindings {
  readonly browser: string
  readonly site: string
  readonly baseline?: string | undefined
  readonly measurements: readonly RouteMeasurement[]
  readonly baselineMeasurements?: readonly RouteMeasurement[] | undefined
  readonly comparisons?: readonly RouteComparison[] | undefined
  readonly notes?: readonly string[] | undefined
}

/** Puts findings together. What is broken outweighs what could not be told, and that what holds. */
export function makeResult(findings: LabFindings): LabResult {
  const { browser, site, baseline, measurements, baselineMeasurements, comparisons, notes = [] } = findings
  const limits = new Set(measurements.flatMap(({ verdicts }) => verdicts.map(({ status }) => status)))
  const compared = new Set((comparisons ?? []).map(({ verdict }) => verdict))
  const isBroken = limits.has('broken') || compared.has('slower')
  const isUnknown = limits.has('unknown') || compared.has('noisy')
  return {
    schemaVersion: 1,
    browser,
    site,
    ...(baseline === undefined ? {} : { baseline }),
    verdict: isBroken ? 'broken' : isUnknown ? 'unknown' : 'holds',
    measurements: measurements.map(withoutVisits),
    ...(baselineMeasurements ? { baselineMeasurements: baselineMeasurements.map(withoutVisits) } : {}),
    ...(comparisons ? { comparisons } : {}),
    ...(notes.length > 0 ? { notes } : {}),
  }
}

function withoutVisits({ typical: _visit, ...rest }: RouteMeasurement): MeasuredRoute {
  return rest
}
