import type { PoolContext } from './chunk-pool.ts'
import { evaluatePartition } from './evaluate-plan.ts'
import type { Limits } from './limits.ts'
import type { Partition } from './partition.ts'
import { overheadOf } from './overhead.ts'
import { MAX_WASTE, STABLE_BYTES } from './settings.ts'

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
  const { stable, maxRouteRequests, maxInitialRequests } = settings
  const { routes } = evaluatePartition(graph, reach, standard, settings)
  const bytes = routes.map((route) => (stable ? route.bytes * STABLE_BYTES : route.bytes))
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
