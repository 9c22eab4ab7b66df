import type { BeaconOperation, Measure, VitalName } from '@paceline/kit'

/** Something that the runtime has just seen in the page. */
export type VitalsEvent = MetricEvent | OperationEvent

export interface MetricEvent {
  readonly type: 'metric'
  readonly name: VitalName
  /** Milliseconds; of `cls` without a unit. It may still grow. */
  readonly value: number
  /** Number of the route in the report; -1: unknown. */
  readonly route: number
  /** What is behind it: the component, or a selector of the element. */
  readonly target?: string | undefined
  /** Of INP: URL of the script that took longest. It stays in the page. */
  readonly source?: string | undefined
}

export interface OperationEvent {
  readonly type: 'operation'
  readonly operation: BeaconOperation
  readonly route: number
}

/** A promise that has just been broken in this page. */
export interface Violation {
  /** `compliance`: of all operations of this page too few were done in time. */
  readonly kind: 'metric' | 'operation' | 'compliance'
  /** Of the metric or the operation; `operations` for their compliance. */
  readonly name: string
  readonly value: number
  readonly limit: number
  readonly route: number
  /** Whether an operation failed, however fast. */
  readonly failed?: boolean
  readonly target?: string | undefined
}

/** What `virtual:paceline/vitals` exports. */
export interface PageVitals {
  /**
   * Times something that a person waits for, until it is completed or fails. What is aborted (`AbortError`) is neither.
   *
   * @param name the same for all of its kind, without ids: at most 80 letters reach the collector
   */
  operation<Result>(name: string, run: () => Result | Promise<Result>): Promise<Result>
  /** With `consent: 'required'`: the person agrees, and measuring begins. */
  grant(): void
  /** With `consent: 'required'`: the person does not agree, or no longer. What waits is deleted; it stays so until the page is opened anew. */
  revoke(): void
  /** Calls back with what is known of the page and with whatever comes. @returns ends it */
  subscribe(listener: (event: VitalsEvent) => void): () => void
  /** Calls back when the page breaks the SLA. @returns ends it */
  onViolation(listener: (violation: Violation) => void): () => void
  /** The SLA of the build. */
  readonly sla: PageSla
}

/** The SLA as pages have it: limits, and those of single routes by a pattern of their path. */
export interface PageSla {
  readonly limits: PageLimits
  readonly routes: readonly (readonly [path: RegExp, limits: PageLimits])[]
}

export type PageLimits = Readonly<Partial<Record<VitalName, number>>> & {
  readonly operations: { readonly within: number; readonly compliance: number }
}

/** Budgets of the routes as the overlay has them, by a pattern of their path: the first that matches counts. */
export type PageBudgets = readonly (readonly [path: RegExp, budget: PageBudget])[]

/** What somebody who lands on a route may download: JS, CSS and what is preloaded, without the HTML. */
export interface PageBudget {
  readonly bytes?: number
  /** In which bytes are counted. */
  readonly encoding?: Measure
  readonly requests?: number
}
