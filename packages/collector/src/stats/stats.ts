/** A percentile is `null` where there is not enough data to say it. */
export interface Percentiles {
  readonly p50: number | null
  readonly p75: number | null
  readonly p95: number | null
  readonly p99: number | null
  /** 95 % intervals. */
  readonly intervals: Readonly<Record<'p50' | 'p75' | 'p95' | 'p99', readonly [low: number, high: number] | null>>
}

/** Milliseconds; `cls` has no unit. */
export interface MetricStats extends Percentiles {
  readonly n: number
  readonly good: number
  readonly needsImprovement: number
  readonly poor: number
}

export interface OperationStats extends Percentiles {
  readonly name: string
  readonly kind: string
  readonly n: number
  /** Completed. */
  readonly ok: number
  /** Completed within the SLA's time. */
  readonly within: number
  /** `within` as a share of those that were held against the SLA; `null` when there are none. */
  readonly compliance: number | null
}

export interface SlaVerdict {
  /** A vital, or `operations`. */
  readonly name: string
  /** Of a vital its limit, `null` where routes have different ones; of operations the share that must be done in time. */
  readonly target: number | null
  /** Of a vital the 75th percentile; of operations the share that was done in time. */
  readonly actual: number | null
  readonly status: 'holds' | 'broken' | 'not enough data'
  /** Pages or operations that were held against it, and how many kept it: the verdict is counted, not estimated. */
  readonly n: number
  readonly within: number
  /** Share that must keep it. */
  readonly required: number
  readonly errorBudget?: ErrorBudget
}

export interface ErrorBudget {
  /** How many may break it, of this many. */
  readonly allowed: number
  readonly used: number
  /** Share of the budget that is left; below 0 it is overdrawn. */
  readonly left: number
  /** How fast it is used up, by the length of the time that is looked at; 1: exactly as fast as is allowed. */
  readonly burnRate: Readonly<Record<string, number | null>>
}

/**
 * What there was in all, where not every page reports (`sampleRate`) and not every operation is listed: estimates, because those that reported stand for the
 * others. Shares, percentiles and verdicts are of those that reported.
 */
export interface Estimates {
  /** Whether anything was left out; if not, both are exact. */
  readonly isSampled: boolean
  readonly pages: number
  readonly operations: number
}

/** Where the bytes of pages came from. */
export interface ByteStats {
  readonly network: number
  readonly http: number
  readonly serviceWorker: number
  /** Of `network`: as deltas against earlier releases. */
  readonly dictionary: number
  readonly requests: number
  readonly hits: number
  /** Share of requests that the network did not see; `null` without requests. */
  readonly hitRate: number | null
  /** What service workers answered. */
  readonly worker: WorkerStats
}

/** What the caches of service workers did for pages. */
export interface WorkerStats {
  readonly hits: number
  readonly misses: number
  /** Share of the requests that workers have answered, which came out of their caches; `null` without any. */
  readonly hitRate: number | null
  /** Bytes of bodies that did not come from the network, not compressed. */
  readonly bytesSaved: number
}

/** Answer of `performance/stats`. */
export interface Stats {
  /** What was asked for. Navigation types are never mixed: without one it is `navigate`. */
  readonly filter: StatsFilter
  readonly pages: number
  readonly beacons: number
  readonly opened: number
  readonly estimated: Estimates
  /** Opened pages that never reported. Those of the last half hour may still be open, and are not counted. */
  readonly lost: number
  /** Pages of programs, which are in no other figure. */
  readonly bots: number
  readonly errors: { readonly unhandled: number; readonly chunks: number }
  readonly metrics: Readonly<Record<string, MetricStats>>
  readonly operations: Readonly<Record<string, OperationStats>>
  readonly bytes: ByteStats
  readonly sla: readonly SlaVerdict[]
}

export interface StatsFilter {
  readonly release?: string | undefined
  /** Its name in all releases that have it; or, of a release whose routes are not known, its number. */
  readonly route?: string | number | undefined
  readonly nav: string
  readonly device?: string | undefined
  readonly country?: string | undefined
  /** Milliseconds since the epoch. */
  readonly from: number
  readonly to: number
}
