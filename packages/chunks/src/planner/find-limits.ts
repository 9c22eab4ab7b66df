import type { PoolContext } from './chunk-pool.ts'
import { evaluatePartition } from './evaluate-plan.ts'
import type { Limits } from './limits.ts'
import type { Partition } from './partition.ts'
import { overheadOf } from './overhead.ts'
import { MAX_WASTE, type PlanSettings, STABLE_BYTES } from './settings.ts'
import type { PlanFigures } from '../plan.ts'

/** Chunks of a scenario that hardly ever become one: the entry's and the page's. */
const FEWEST_CHUNKS = 2

/** What one small chunk less saves. */
const SMALL_CHUNK_BYTES = overheadOf(500)

export interface AllLimits {
  /** What the default chunks keep to. */
  readonly good: Limits
  /** What the settings ask for. */
  readonly hard: Limits
  /** Scenario → bytes that it may load in vain: a small share, and no more than what fewer chunks can make up for. */
  readonly affordable: Float64Array
  /** Scenario → bytes that it may load in vain for the settings' sake: what that saves in chunks, so that it is not worse than the default. */
  readonly allowance: Float64Array
}

export function findLimits({ graph, reach, settings }: PoolContext, standard: Partition): AllLimits {
  const { stable } = settings
  const { route: maxRouteRequests, initial: maxInitialRequests } = findRequestLimits(settings)
  const routes = findCeilings(evaluatePartition(graph, reach, standard, settings), settings)
  const bytes = routes.map((route) => route.bytes)
  return {
    good: {
      bytes,
      requests: routes.map(({ requests }) => (stable ? Infinity : requests)),
      initial: Infinity,
      ceiling: bytes,
    },
    hard: {
      bytes: routes.map(() => Infinity),
      requests: routes.map(() => maxRouteRequests),
      initial: maxInitialRequests,
      ceiling: bytes,
    },
    affordable: Float64Array.from(routes, ({ bound, requests }) =>
      Math.min(bound * MAX_WASTE, SMALL_CHUNK_BYTES * Math.max(0, requests - FEWEST_CHUNKS)),
    ),
    allowance: Float64Array.from(routes, ({ bytes, bound }) =>
      Math.max(bound * MAX_WASTE, bytes - bound - SMALL_CHUNK_BYTES * (maxRouteRequests - 1)),
    ),
  }
}

/** Chunks of a plan that a scenario and an entry may have. */
export function findRequestLimits({ maxRouteRequests, maxInitialRequests, reserved = 0 }: PlanSettings): {
  readonly route: number
  readonly initial: number
} {
  return { route: Math.max(1, maxRouteRequests - reserved), initial: Math.max(1, maxInitialRequests - reserved) }
}

/** What a plan may cost every scenario: as much as the default's chunks, or more where the bundler is known to do worse. */
export function findCeilings({ routes }: PlanFigures, { ceilings, stable }: PlanSettings): PlanFigures['routes'] {
  return routes.map((route) => {
    const known = ceilings?.get(route.id)
    const bytes = stable ? route.bytes * STABLE_BYTES : route.bytes
    return {
      ...route,
      bytes: Math.max(bytes, known?.bytes ?? 0),
      requests: Math.max(route.requests, known?.requests ?? 0),
    }
  })
}
