import type { SlaLimits } from '@paceline/kit'
import type { Median } from '../core/median.ts'

export const METRICS = ['ttfb', 'fcp', 'lcp', 'tti', 'tbt', 'cls', 'inp'] as const
export type MetricName = (typeof METRICS)[number]
export type MetricMedians = Readonly<Partial<Record<MetricName, Median>>>

export interface LimitVerdict {
  readonly metric: MetricName
  readonly limit: number
  /** Median. Absent: it could not be known. */
  readonly actual?: number
  readonly status: 'holds' | 'broken' | 'unknown'
  /** Whether the interval of the median lies on both sides of the limit: more runs could decide otherwise. */
  readonly close: boolean
}

/** A metric whose figure is missing in more than half of the visits is not known. */
const KNOWN_SHARE = 0.5

/** The visits behind some medians. */
export interface JudgedVisits {
  readonly count: number
  /** Whether a script was there to interact: then its interactions are missed when there are none. */
  readonly isScripted: boolean
}

/** Holds medians to limits. */
export function judgeLimits(
  metrics: MetricMedians,
  limits: Partial<SlaLimits>,
  { count, isScripted }: JudgedVisits,
): LimitVerdict[] {
  return METRICS.flatMap((metric): LimitVerdict[] => {
    const limit = metric === 'tbt' ? undefined : limits[metric]
    // Nobody interacts with a page by itself.
    if (limit === undefined || (metric === 'inp' && !metrics.inp && !isScripted)) return []
    const found = metrics[metric]
    if (!found || found.n <= count * KNOWN_SHARE) return [{ metric, limit, status: 'unknown', close: false }]
    const { median, low, high } = found
    const status = median > limit ? 'broken' : 'holds'
    return [{ metric, limit, actual: median, status, close: low <= limit && high > limit }]
  })
}
