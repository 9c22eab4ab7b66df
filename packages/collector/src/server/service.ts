import type { SlaLimits } from '@paceline/kit'
import type { QueryCache, CacheSource } from '../cache/query-cache.ts'
import { blameModules } from '../releases/blame-modules.ts'
import type { BlamedModule } from '../releases/blame-modules.ts'
import { changedModules, compareMetrics } from '../releases/compare-releases.ts'
import type { ChangedModule, ComparedMetric } from '../releases/compare-releases.ts'
import { aliasOf, readReleaseUpload, uploadOf } from '../releases/release-upload.ts'
import type { ReleaseUpload } from '../releases/release-upload.ts'
import { collectorError } from '../errors.ts'
import { nameOfRoute } from '../store/route-names.ts'
import type { GroupBy, KnownDimensions } from '../store/store.ts'
import { askGroups, askStats } from '../stats/ask-store.ts'
import type { GroupStats, StatsContext } from '../stats/ask-store.ts'
import { askVisits } from '../stats/ask-visits.ts'
import type { OperationStats, Stats, StatsFilter } from '../stats/stats.ts'
import { operationStats } from '../stats/summarise-cell.ts'
import type { Visits } from '../stats/visits.ts'

/** Answer of `performance/slow`. */
export interface SlowAnswer {
  /** Slowest first, by what one in twenty waits for. */
  readonly operations: readonly OperationStats[]
  readonly modules: readonly BlamedModule[]
}

/** Answer of `releases/compare`. */
export interface Comparison {
  readonly before: string
  readonly after: string
  readonly metrics: readonly ComparedMetric[]
  /** What changed in the chunks that the route loads; `null` unless both releases were pushed. */
  readonly modules: readonly ChangedModule[] | null
}

/** Answer of `dimensions`. */
export interface DimensionsAnswer extends Omit<KnownDimensions, 'routes'> {
  /** By name, over all releases; `unknown`: pages of no route, and those of releases that were not pushed. */
  readonly routes: readonly string[]
  /** Names of the routes of the newest releases that were pushed, by the numbers in their beacons. */
  readonly routeNames: Readonly<Record<string, readonly string[]>>
  readonly sla: Pick<SlaLimits, 'operations'>
}

export interface Answered<Value> {
  readonly value: Value
  readonly source: CacheSource
}

const MOST_OPERATIONS = 100
/** Releases of which the names of routes are shown: those that somebody may choose. */
const MOST_NAMED = 20

/** All that can be asked, each answer kept for a moment. */
export class Service {
  readonly context: StatsContext
  readonly cache: QueryCache

  constructor(context: StatsContext, cache: QueryCache) {
    this.context = context
    this.cache = cache
  }

  stats(filter: StatsFilter): Promise<Answered<Stats>> {
    return this.#ask('stats', filter, async () => askStats(this.context, await this.#known(filter)))
  }

  groups(filter: StatsFilter, groupBy: GroupBy): Promise<Answered<GroupStats[]>> {
    return this.#ask(`groups ${groupBy}`, filter, async () =>
      askGroups(this.context, await this.#known(filter), groupBy),
    )
  }

  slow(asked: StatsFilter): Promise<Answered<SlowAnswer>> {
    return this.#ask('slow', asked, async () => {
      const { store } = this.context
      const filter = await this.#known(asked)
      const [operations, culprits] = await Promise.all([store.operations(filter), store.culprits(filter)])
      const releases = new Set(culprits.map(({ release }) => release))
      const uploads = await Promise.all([...releases].map((release) => this.#upload(release)))
      const byName = new Map(uploads.flatMap((upload) => (upload ? [[upload.release, upload] as const] : [])))
      return {
        operations: Object.values(operationStats(operations))
          .toSorted((a, b) => slowness(b) - slowness(a))
          .slice(0, MOST_OPERATIONS),
        modules: blameModules(culprits, byName),
      }
    })
  }

  /** @throws `PACELINE_COLLECTOR_ROUTE` for the number of a route: it may be another one in the other release */
  compare(asked: StatsFilter, before: string, after: string): Promise<Answered<Comparison>> {
    return this.#ask(`compare ${before} ${after}`, asked, async () => {
      const filter = await this.#known(asked)
      const { route } = filter
      if (typeof route === 'number') throw collectorError('PACELINE_COLLECTOR_ROUTE', [`${route}`])
      const [old, now, oldUpload, newUpload] = await Promise.all([
        askGroups(this.context, await this.#known({ ...filter, release: before }), 'none'),
        askGroups(this.context, await this.#known({ ...filter, release: after }), 'none'),
        this.#upload(before),
        this.#upload(after),
      ])
      const modules = oldUpload && newUpload ? changedModules(oldUpload, newUpload, route) : null
      return { before, after, metrics: compareMetrics(old[0]?.metrics ?? {}, now[0]?.metrics ?? {}), modules }
    })
  }

  /** @param filter its navigation type does not count */
  visits({ nav: _any, ...filter }: StatsFilter): Promise<Answered<Visits>> {
    return this.#ask('visits', filter, () => askVisits(this.context.store, filter))
  }

  dimensions(): Promise<Answered<DimensionsAnswer>> {
    return this.#ask('dimensions', {}, async () => {
      const { store, sla } = this.context
      const known = await store.dimensions()
      const { within = 5000, compliance = 0.95 } = sla.operations ?? {}
      const named = await Promise.all(known.releases.slice(0, MOST_NAMED).map(({ release }) => store.release(release)))
      const routeNames = named.flatMap((stored) =>
        stored ? [[stored.release, stored.routes.map(nameOfRoute)] as const] : [],
      )
      const routes = known.routes.map(({ name }) => name)
      return {
        ...known,
        routes,
        routeNames: Object.fromEntries(routeNames),
        sla: { operations: { within, compliance } },
      }
    })
  }

  /** @throws `PACELINE_RELEASE_INVALID` */
  async pushRelease(raw: unknown): Promise<string> {
    const stored = readReleaseUpload(raw, this.context.now())
    await this.context.store.putRelease(stored)
    const { report } = raw as ReleaseUpload
    if (report !== undefined && report !== stored.release) await this.context.store.putRelease(aliasOf(stored, report))
    await this.cache.clear()
    return stored.release
  }

  async #upload(release: string): Promise<ReleaseUpload | undefined> {
    const stored = await this.context.store.release(release)
    const upload = stored && uploadOf(stored)
    return typeof upload === 'string' ? this.#upload(upload) : upload
  }

  /** Asks for a release by what beacons call it, where it is named as its report calls it; and for a route by its name, where that is known. */
  async #known(filter: StatsFilter): Promise<StatsFilter> {
    const stored = filter.release === undefined ? undefined : await this.context.store.release(filter.release)
    const upload = stored && uploadOf(stored)
    if (typeof upload === 'string') return this.#known({ ...filter, release: upload })
    const named = typeof filter.route === 'number' ? stored?.routes[filter.route] : undefined
    return named ? { ...filter, route: nameOfRoute(named) } : filter
  }

  #ask<Value>(name: string, filter: object, make: () => Promise<Value>): Promise<Answered<Value>> {
    return this.cache.get(`${name} ${JSON.stringify(filter)}`, make)
  }
}

/** What one in twenty waits for; where there is not enough data, what half wait for. */
function slowness({ p95, p75, p50 }: OperationStats): number {
  return p95 ?? p75 ?? p50 ?? 0
}
