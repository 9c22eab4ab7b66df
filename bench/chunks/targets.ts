import type { Compared } from './browser/compare-visits.ts'
import type { Difference } from './browser/paired-difference.ts'
import type { ChunksResults } from './stored-results.ts'
import type { StrategyName } from './strategies.ts'
import type { AppResults, StrategySummary } from './summarise-app.ts'

/** One promise and what was measured. */
export interface Target {
  readonly what: string
  /** At most. */
  readonly limit: number
  /** In the unit of the limit; undefined was not measured. Of a comparison the upper end of its interval: what can be ruled out lies above. */
  readonly actual: number | undefined
  /** The whole interval of a comparison. */
  readonly interval?: Pick<Difference, 'mean' | 'low' | 'high'>
  readonly unit: '×' | 'share' | 's' | 'routes' | 'ms'
}

/** What is promised for one app, at most. */
interface AppLimits {
  /** First load of `planned`, against the default's. */
  readonly firstLoad: number
  /** Requests of `planned`, against the default's. */
  readonly requests?: number
}

const LIMITS: Readonly<Record<string, AppLimits>> = {
  'bulletproof-react': { firstLoad: 1 },
  'shadcn-admin': { firstLoad: 0.97, requests: 0.4 },
  Flowise: { firstLoad: 0.9, requests: 0.15 },
  playground: { firstLoad: 1 },
}
const BEYOND_BOUND = 0.04
const WASTE = 0.005
const LEAF_EDIT = 0.01
/** Of the default's median: later by more than this has to be ruled out, or nothing is said. */
const MARGIN = 0.05
/** Modules → seconds. */
const PLANNING = [
  [5_000, 1],
  [20_000, 5],
] as const
const REPLAY = { deploy: 0.3, firstLoad: 0.96 }

/** Every promise of the planner about something that was measured. */
export function targetsOf({ apps = {}, planning, replays = {}, pages = {} }: ChunksResults): Target[] {
  return [
    ...Object.values(apps).flatMap(({ value }) => appTargets(value)),
    ...PLANNING.flatMap(([modules, limit]): Target[] => {
      if (planning === undefined) return []
      // Graphs have about as many modules as are asked for.
      const size = planning.value.sizes.find((one) => Math.abs(one.modules / modules - 1) < 0.05)
      return [
        {
          what: `planning ${modules.toLocaleString('en')} modules`,
          limit,
          actual: size && size.wall / 1000,
          unit: 's',
        },
      ]
    }),
    ...Object.entries(replays).flatMap(([app, { value }]): Target[] => {
      const stable = value.strategies.find(({ name }) => name === 'planned+stable')
      return [
        { what: `${app}: bytes per deploy, planned+stable`, limit: REPLAY.deploy, actual: stable?.ratio, unit: '×' },
        {
          what: `${app}: first load over the deploys`,
          limit: REPLAY.firstLoad,
          actual: stable?.firstLoad.ratio,
          unit: '×',
        },
      ]
    }),
    ...Object.values(pages).flatMap(({ value }) =>
      value.pages.flatMap(({ path, fcp, tti }): Target[] => [
        neverLater(`${value.app} ${path}: FCP, later by`, fcp),
        neverLater(`${value.app} ${path}: TTI, later by`, tti),
      ]),
    ),
  ]
}

/**
 * Whether a promise is kept; undefined when it was not measured, or not sharply enough to say. A comparison has to rule out that it is worse
 * by more than its limit (a test of non-inferiority): an interval that merely holds 0 may hold much else. One that lies above 0 is worse.
 */
export function holds({ actual, limit, interval }: Target): boolean | undefined {
  if (actual === undefined) return undefined
  if (interval !== undefined && interval.low > 0) return false
  if (interval !== undefined && actual > limit) return undefined
  return actual <= limit
}

function neverLater(what: string, { a, difference }: Compared): Target {
  return { what, limit: MARGIN * a.median, actual: difference.high, interval: difference, unit: 'ms' }
}

function scripts(strategy: StrategySummary | undefined): number | undefined {
  return strategy?.leaf && strategy.leaf.bytes - strategy.leaf.document
}

function appTargets({ app, strategies }: AppResults): Target[] {
  const of = (name: StrategyName): StrategySummary | undefined => strategies.find((one) => one.name === name)
  const [base, planned, firstVisit, stable] = [
    of('default'),
    of('planned'),
    of('planned-first-visit'),
    of('planned-stable'),
  ]
  // Of an app on another Vite the same is asked.
  const limits = LIMITS[app.replace(/ on Vite \d+$/, '')]
  const ratio = (a: number | undefined, b: number | undefined): number | undefined =>
    a === undefined || b === undefined ? undefined : a / b
  return [
    ...(limits
      ? [{ what: `${app}: first load`, limit: limits.firstLoad, actual: planned?.ratio, unit: '×' } as const]
      : []),
    ...(limits?.requests === undefined
      ? []
      : [
          {
            what: `${app}: requests`,
            limit: limits.requests,
            actual: ratio(planned?.requests, base?.requests),
            unit: '×',
          } as const,
        ]),
    {
      what: `${app}: beyond the bound, no caching term`,
      limit: BEYOND_BOUND,
      actual: firstVisit?.beyondBound,
      unit: 'share',
    },
    { what: `${app}: waste`, limit: WASTE, actual: planned?.waste, unit: 'share' },
    { what: `${app}: routes worse than the default`, limit: 0, actual: planned?.worse.routes.length, unit: 'routes' },
    {
      what: `${app}: leaf edit, stable, JavaScript`,
      limit: LEAF_EDIT,
      actual: ratio(scripts(stable), scripts(base)),
      unit: 'share',
    },
    {
      what: `${app}: leaf edit, stable, with the document`,
      limit: LEAF_EDIT,
      actual: ratio(stable?.leaf?.bytes, base?.leaf?.bytes),
      unit: 'share',
    },
  ]
}
