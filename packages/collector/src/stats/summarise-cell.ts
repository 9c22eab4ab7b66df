import type { Cell } from '../cells/cell.ts'
import { VITALS } from '../cells/cell.ts'
import { PARTS } from '../cells/measure-beacon.ts'
import type { Tally } from '../cells/tally.ts'
import { percentiles } from '../sketch/percentiles.ts'
import type { OperationGroup } from '../store/store.ts'
import type { ByteStats, Estimates, MetricStats, OperationStats, Percentiles } from './stats.ts'

const NAMES = ['p50', 'p75', 'p95', 'p99'] as const
const WANTED = [0.5, 0.75, 0.95, 0.99]

/** The vitals of a cell, in the order of their names' table. */
export function metricStats(cell: Cell): Record<string, MetricStats> {
  const found: Record<string, MetricStats> = {}
  for (const name of VITALS) {
    const tally = cell.vitals.get(name)
    if (!tally || tally.n === 0) continue
    const { n, good, poor } = tally
    found[name] = { n, good, needsImprovement: n - good - poor, poor, ...percentilesOf(tally, name === 'cls' ? 4 : 1) }
  }
  return found
}

/** @param operations of the same pages */
export function estimates({ pages, unsampled, unlisted }: Cell, operations: readonly OperationGroup[]): Estimates {
  const listed = operations.reduce((sum, { tally }) => sum + tally.n, 0)
  return {
    isSampled: unsampled > 0 || unlisted > 0,
    pages: Math.round(pages + unsampled / PARTS),
    operations: Math.round(listed + unlisted / PARTS),
  }
}

/** By name; where two kinds share one, with the kind. */
export function operationStats(groups: readonly OperationGroup[]): Record<string, OperationStats> {
  const names = groups.map(({ name }) => name)
  const found: [string, OperationStats][] = groups.map(({ name, kind, tally }) => {
    const isShared = names.indexOf(name) !== names.lastIndexOf(name)
    const { n, good: ok, within, judged } = tally
    const compliance = judged === 0 ? null : within / judged
    return [
      isShared ? `${name} (${kind})` : name,
      { name, kind, n, ok, within, compliance, ...percentilesOf(tally, 1) },
    ]
  })
  // Not assigned by name: `__proto__` is a name like any other.
  return Object.fromEntries(found)
}

export function byteStats(cell: Cell): ByteStats {
  const { network, http, serviceWorker, dictionary, requests, hits, workerHits, workerMisses, bytesSaved } = cell
  const rate = (part: number, all: number): number | null => (all === 0 ? null : part / all)
  const hitRate = rate(workerHits, workerHits + workerMisses)
  const worker = { hits: workerHits, misses: workerMisses, hitRate, bytesSaved }
  return { network, http, serviceWorker, dictionary, requests, hits, hitRate: rate(hits, requests), worker }
}

/** Figures behind the point that a sketch of 1 % cannot know are left out. */
export function percentilesOf({ buckets }: Tally, digits: number): Percentiles {
  const found = percentiles(buckets, WANTED)
  const round = (value: number): number => Number(value.toFixed(digits))
  const at = (index: number): number | null => (found[index] ? round(found[index].value) : null)
  const intervals = NAMES.map((name, index) => {
    const percentile = found[index]
    return [name, percentile ? [round(percentile.low), round(percentile.high)] : null] as const
  })
  return {
    p50: at(0),
    p75: at(1),
    p95: at(2),
    p99: at(3),
    intervals: Object.fromEntries(intervals) as unknown as Percentiles['intervals'],
  }
}
