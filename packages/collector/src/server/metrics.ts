import type { Sla, VitalName } from '@paceline/kit'
import { THRESHOLDS, VITALS } from '../cells/cell.ts'
import { emptyTally, merge } from '../cells/tally.ts'
import type { Tally } from '../cells/tally.ts'
import { requiredShares } from '../sla/judge-limits.ts'
import { valueOf } from '../sketch/buckets.ts'
import type { Store } from '../store/store.ts'
import type { IntakeCounts } from '../intake/intake-counts.ts'
import type { QueryCache } from '../cache/query-cache.ts'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What `/metrics` tells Prometheus. */
export interface CollectorMetrics {
  /** A request of the API was answered. */
  answered(route: string, status: number, seconds: number): void
  contentType: string
  text(): Promise<string>
  close(): void
}

export interface MetricsOptions {
  readonly store: Store
  readonly counts: IntakeCounts
  readonly cache: QueryCache
  readonly sla: Sla
  readonly now: () => number
}

const DAY = 86_400_000
/** Upper edges: those on which vitals are judged are among them. */
const EDGES: Readonly<Record<string, readonly number[]>> = {
  cls: [0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1],
  ms: [50, 100, 200, 500, 800, 1000, 1800, 2500, 3000, 3800, 4000, 5000, 7300, 10_000, 30_000],
}

/** Requests, latencies, memory, CPU, event loop, queue, store and cache; and the vitals of this day by route, of plain navigations. */
export function createMetrics({ store, counts, cache, sla, now }: MetricsOptions): CollectorMetrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'paceline_api_seconds',
    help: 'Time to answer requests of the API',
    labelNames: ['route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  })
  countsOf(registry, counts)
  storeOf(registry, store, cache)
  return {
    contentType: registry.contentType,
    answered: (route, status, took) => seconds.observe({ route, status: `${status}` }, took),
    text: async () =>
      `${(await registry.metrics()).trimEnd()}\n${intakeLatency(counts)}${await vitals(store, now())}${await objectives(store, sla, now())}`,
    close: () => registry.clear(),
  }
}

function countsOf(registry: Registry, counts: IntakeCounts): void {
  // Counted elsewhere, once: what is told is set, not added.
  const counter = (name: string, help: string, values: () => Record<string, number>, label?: string): void => {
    const metric = new Counter({
      name,
      help,
      labelNames: label === undefined ? [] : [label],
      registers: [],
      collect() {
        this.reset()
        for (const [key, value] of Object.entries(values())) {
          if (label === undefined) this.inc(value)
          else this.inc({ [label]: key }, value)
        }
      },
    })
    registry.registerMetric(metric)
  }
  counter(
    'paceline_beacon_requests_total',
    'Requests with beacons, by status of the answer',
    () => counts.answers,
    'status',
  )
  counter('paceline_beacons_total', 'Beacons that are on disk', () => ({ all: counts.beacons }))
  counter('paceline_beacon_problems_total', 'Requests with malformed beacons, by field', () => counts.problems, 'field')
  counter('paceline_bot_requests_total', 'Requests with beacons of programs', () => ({ all: counts.bots }))
  gauge(registry, 'paceline_queue_requests', 'Requests that wait for the disk', () => counts.waiting)
  gauge(registry, 'paceline_queue_bytes', 'Bytes that wait for the disk', () => counts.waitingBytes)
}

/** Counted where a label would cost more than the rest. */
function intakeLatency({ latency }: IntakeCounts): string {
  const metric = 'paceline_beacon_seconds'
  return [
    `# HELP ${metric} Time to answer requests with beacons, from their header until what they bring is on disk or refused`,
    `# TYPE ${metric} histogram`,
    ...latency.buckets().map(([edge, below]) => `${metric}_bucket{le="${edge}"} ${below}`),
    `${metric}_bucket{le="+Inf"} ${latency.count}`,
    `${metric}_sum ${latency.sum}`,
    `${metric}_count ${latency.count}`,
    '',
  ].join('\n')
}

function storeOf(registry: Registry, store: Store, cache: QueryCache): void {
  const statistics = (): ReturnType<Store['statistics']> =>
    store.statistics().catch(() => ({ bytes: Number.NaN, behind: Number.NaN, overflow: Number.NaN }))
  gauge(registry, 'paceline_store_bytes', 'Bytes on disk', async () => (await statistics()).bytes)
  gauge(
    registry,
    'paceline_store_behind',
    'Beacons on disk and in no figure yet',
    async () => (await statistics()).behind,
  )
  gauge(
    registry,
    'paceline_store_overflow',
    'Values that were not told apart',
    async () => (await statistics()).overflow,
  )
  for (const name of ['hits', 'sharedHits', 'misses', 'joined'] as const) {
    const snake = name === 'sharedHits' ? 'shared_hits' : name
    gauge(registry, `paceline_cache_${snake}`, 'Answers of the query cache', () => cache.statistics()[name])
  }
}

function gauge(registry: Registry, name: string, help: string, value: () => number | Promise<number>): void {
  const metric = new Gauge({
    name,
    help,
    registers: [],
    async collect() {
      this.set(await value())
    },
  })
  registry.registerMetric(metric)
}

/**
 * Histograms of this day, in UTC. They begin anew at midnight, which Prometheus takes for a restart. A page that reports again can move to
 * another bucket; rates over an hour do not see it.
 */
async function vitals(store: Store, now: number): Promise<string> {
  const from = Math.floor(now / DAY) * DAY
  const lines: string[] = []
  const groups = await store.cells({ from, to: from + DAY, nav: 'navigate' }, 'route')
  for (const name of VITALS) {
    const metric = name === 'cls' ? 'paceline_cls' : `paceline_${name}_milliseconds`
    const isKnown = groups.some(({ cell }) => (cell.vitals.get(name)?.n ?? 0) > 0)
    if (!isKnown) continue
    lines.push(`# HELP ${metric} ${name.toUpperCase()} of plain navigations, by route`, `# TYPE ${metric} histogram`)
    for (const { key: path, cell } of groups) {
      const key = escaped(path)
      const tally = cell.vitals.get(name)
      if (!tally || tally.n === 0) continue
      for (const edge of EDGES[name === 'cls' ? 'cls' : 'ms']!) {
        lines.push(`${metric}_bucket{route="${key}",le="${edge}"} ${belowEdge(name, tally, edge)}`)
      }
      const sum = [...tally.buckets].reduce((total, [bucket, count]) => total + valueOf(bucket) * count, 0)
      lines.push(
        `${metric}_bucket{route="${key}",le="+Inf"} ${tally.n}`,
        `${metric}_sum{route="${key}"} ${sum}`,
        `${metric}_count{route="${key}"} ${tally.n}`,
      )
    }
  }
  return `${lines.join('\n')}\n`
}

/** How the SLA is kept on this day, against the limits in force of each route: of pages and operations, as `performance/stats` counts them. */
async function objectives(store: Store, sla: Sla, now: number): Promise<string> {
  const from = Math.floor(now / DAY) * DAY
  const filter = { from, to: from + DAY, nav: 'navigate' }
  const [[whole], operations] = await Promise.all([store.cells(filter, 'none'), store.operations(filter)])
  const done = emptyTally()
  for (const { tally } of operations) merge(done, tally)
  const required = Object.entries(requiredShares(sla))
  const tallies = required.map(([name]) => {
    const tally = name === 'operations' ? done : whole?.cell.vitals.get(name as VitalName)
    return { name, judged: tally?.judged ?? 0, broken: tally ? tally.judged - tally.within : 0 }
  })
  const series = (metric: string, type: string, help: string, values: readonly (readonly [string, number])[]): string =>
    [
      `# HELP ${metric} ${help}`,
      `# TYPE ${metric} ${type}`,
      ...values.map(([name, value]) => `${metric}{objective="${name}"} ${value}`),
      '',
    ].join('\n')
  return [
    series(
      'paceline_sla_judged_total',
      'counter',
      'Pages or operations that the SLA promises something to',
      tallies.map(({ name, judged }) => [name, judged]),
    ),
    series(
      'paceline_sla_broken_total',
      'counter',
      'Those of them for which it was not kept',
      tallies.map(({ name, broken }) => [name, broken]),
    ),
    series('paceline_sla_required', 'gauge', 'Share that must keep it', required),
  ].join('')
}

/** Where a vital is judged the count is exact, as everywhere; elsewhere it is within the 1 % of a bucket. */
function belowEdge(name: VitalName, { n, good, poor, buckets }: Tally, edge: number): number {
  const [lower, upper] = THRESHOLDS[name]
  if (edge === lower) return good
  if (edge === upper) return n - poor
  return [...buckets].reduce((sum, [bucket, count]) => (valueOf(bucket) <= edge ? sum + count : sum), 0)
}

/** As the exposition format wants the value of a label: paths of routes may be any text. */
function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
