import type { Beacon, BeaconOperation, VitalName } from '@paceline/kit'
import type { Limits } from '../sla/judge-limits.ts'
import { COUNTS, THRESHOLDS, VITALS } from './cell.ts'
import type { Cell } from './cell.ts'
import type { Measured } from './tally.ts'

/** The vitals of a beacon as they are counted. */
export function measureVitals(
  beacon: Beacon,
  limits: Limits,
): { readonly name: VitalName; readonly measured: Measured }[] {
  const { metrics } = beacon
  if (!metrics) return []
  const found: { readonly name: VitalName; readonly measured: Measured }[] = []
  for (const name of VITALS) {
    const value = metrics[name]
    if (value === undefined) continue
    const [good, poor] = THRESHOLDS[name]
    const limit = limits.vitals[name] ?? Number.NaN
    found.push({ name, measured: { value, good: value <= good, poor: value > poor, limit, kept: value <= limit } })
  }
  return found
}

/** What a beacon adds to the plain counts of a cell. */
export type CountedOfBeacon = Omit<Cell, 'pages' | 'beacons' | 'opened' | 'reported' | 'vitals'>

/** In the order of `COUNTS`, after those that count pages. */
export const BEACON_COUNTS: readonly (keyof CountedOfBeacon)[] = COUNTS.slice(4) as (keyof CountedOfBeacon)[]

/** Whoever sends a beacon says how many it stands for: one never stands for more. */
const MOST_STANDS_FOR = 10_000

/** Parts of a page or an operation that are counted: cells hold whole numbers. */
export const PARTS = 1000

/** What one page stands for beyond itself, and beyond the operations that it lists. */
function unseenOf({ sampleRate, operations = [], operationsTotal = 0 }: Beacon): {
  readonly unsampled: number
  readonly unlisted: number
} {
  const standsFor = Math.min(MOST_STANDS_FOR, 1 / sampleRate)
  const total = Math.max(operations.length, operationsTotal)
  return {
    unsampled: Math.round((standsFor - 1) * PARTS),
    unlisted: Math.round((standsFor * total - operations.length) * PARTS),
  }
}

export function countsOf(beacon: Beacon): CountedOfBeacon {
  const { bytes, errors, caches = {} } = beacon
  const worker = { hits: 0, misses: 0, bytesSaved: 0 }
  for (const { hits, misses, bytesSaved } of Object.values(caches)) {
    worker.hits += hits
    worker.misses += misses
    worker.bytesSaved += bytesSaved
  }
  return {
    network: bytes?.network ?? 0,
    http: bytes?.http ?? 0,
    serviceWorker: bytes?.serviceWorker ?? 0,
    dictionary: bytes?.dictionary ?? 0,
    requests: bytes?.requests ?? 0,
    // To the page, everything that a worker has answered came without the network; the worker knows better.
    hits: Math.max(0, (bytes?.hits ?? 0) - worker.misses),
    errors: errors?.unhandled ?? 0,
    chunkErrors: errors?.chunks ?? 0,
    workerHits: worker.hits,
    workerMisses: worker.misses,
    bytesSaved: worker.bytesSaved,
    ...unseenOf(beacon),
  }
}

/** An operation that failed was not done in time, however fast it failed. */
export function measureOperation(operation: BeaconOperation, limits: Limits): Measured {
  const { ms: value, ok } = operation
  const limit = limits.operations.within
  return { value, good: ok, poor: !ok, limit, kept: ok && value <= limit }
}
