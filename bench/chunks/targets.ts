import type { ChunksResults } from './stored-results.ts'
import type { StrategyName } from './strategies.ts'
import type { AppResults, StrategySummary } from './summarise-app.ts'

/** One promise and what was measured. */
export interface Target {
  readonly what: string
  /** At most. */
  readonly limit: number
  /** In the unit of the limit; undefined was not measured. */
  readonly actual: number | undefined
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
        { what: `${value.app} ${path}: FCP, surely later by`, limit: 0, actual: fcp.difference.low, unit: 'ms' },
        { what: `${value.app} ${path}: TTI, surely later by`, limit: 0, actual: tti.difference.low, unit: 'ms' },
      ]),
    ),
  ]
}

/** Whether a promise is kept; undefined when it was not measured. */
export function holds({ actual, limit }: Target): boolean | undefined {
  return actual === undefined ? undefined : actual <= limit
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
