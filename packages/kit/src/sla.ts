import * as v from 'valibot'
import { parseOptions } from './options.ts'

/**
 * What a team promises its users: vitals at the 75th percentile, in milliseconds (`cls` without a unit), and operations that are done in time.
 */
export interface Sla {
  /** @default 2500 */
  readonly lcp?: number | undefined
  /** @default 200 */
  readonly inp?: number | undefined
  /** @default 0.1 */
  readonly cls?: number | undefined
  readonly fcp?: number | undefined
  readonly ttfb?: number | undefined
  /** Time to Interactive: held by the lab; reported from the field. */
  readonly tti?: number | undefined
  readonly operations?: SlaOperations | undefined
  /** Other limits for single routes, by the id or path that the report has for them. */
  readonly routes?: Readonly<Record<string, Omit<Sla, 'routes'>>> | undefined
}

export interface SlaOperations {
  /** Milliseconds. @default 5000 */
  readonly within?: number | undefined
  /** Share of all operations that are completed, without failing, within that time. @default 0.95 */
  readonly compliance?: number | undefined
}

/** What holds on one route. */
export interface SlaLimits {
  readonly lcp: number
  readonly inp: number
  readonly cls: number
  readonly fcp?: number
  readonly ttfb?: number
  readonly tti?: number
  readonly operations: { readonly within: number; readonly compliance: number }
}

export interface ResolvedSla extends SlaLimits {
  /** What routes have of their own, by id or path. {@link slaOf} joins both. */
  readonly routes: Readonly<Record<string, Partial<Omit<SlaLimits, 'operations'>> & RouteOperations>>
}

interface RouteOperations {
  readonly operations?: { readonly within?: number; readonly compliance?: number }
}

const positive = v.pipe(v.number(), v.gtValue(0, 'must be more than 0.'))
const share = v.pipe(positive, v.maxValue(1, 'must be at most 1.'))
const limits = {
  lcp: v.optional(positive),
  inp: v.optional(positive),
  cls: v.optional(positive),
  fcp: v.optional(positive),
  ttfb: v.optional(positive),
  tti: v.optional(positive),
  operations: v.optional(v.strictObject({ within: v.optional(positive), compliance: v.optional(share) })),
}
const schema = v.strictObject({ ...limits, routes: v.optional(v.record(v.string(), v.strictObject(limits)), {}) })

const DEFAULTS = { lcp: 2500, inp: 200, cls: 0.1, operations: { within: 5000, compliance: 0.95 } }

/**
 * Checks an SLA and fills in what it leaves out.
 *
 * @throws `PACELINE_OPTIONS_INVALID`
 */
export function resolveSla(raw: unknown): ResolvedSla {
  const { routes, ...own } = parseOptions('sla', schema, raw)
  return { ...join(DEFAULTS, own), routes: routes as ResolvedSla['routes'] }
}

/** What holds on a route: its own limits, and those of the app where it has none. */
export function slaOf({ routes, ...app }: ResolvedSla, route: string | undefined): SlaLimits {
  const own = route === undefined || !Object.hasOwn(routes, route) ? undefined : routes[route]
  return own ? join(app, own) : app
}

/** `undefined` counts as absent. */
function join(under: SlaLimits, over: Omit<Sla, 'routes'>): SlaLimits {
  const { operations = {}, ...vitals } = over
  const { within, compliance } = operations
  return {
    ...under,
    ...Object.fromEntries(Object.entries(vitals).filter(([, value]) => value !== undefined)),
    operations: {
      within: within ?? under.operations.within,
      compliance: compliance ?? under.operations.compliance,
    },
  }
}
