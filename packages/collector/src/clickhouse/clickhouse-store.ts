import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { ClickHouseClient } from '@clickhouse/client'
import type { Sla } from '@paceline/kit'
import { collectorError } from '../errors.ts'
import { readBeacons } from '../intake/read-beacons.ts'
import { slaLimits } from '../sla/judge-limits.ts'
import type { Retention } from '../sqlite/roller.ts'
import { objectiveSpan } from '../store/objective-span.ts'
import { compareText, worstCulprits } from '../store/order-groups.ts'
import type {
  Arrived,
  CulpritGroup,
  Delivery,
  Filter,
  ObjectiveCount,
  Receipt,
  RouteName,
  Store,
  StoredRelease,
  Verdict,
} from '../store/store.ts'
import { beaconRow } from './beacon-row.ts'
import { KnownReleases } from './known-releases.ts'
import { cellGroups, cellsQuery, operationGroups, operationsQuery } from './read-figures.ts'
import type { CellRow, OperationRow } from './read-figures.ts'
import { createTables, PAGES, WHERE } from './tables.ts'

export interface ClickHouseStoreOptions {
  readonly sla: Sla
  readonly retention: Retention
  /** `http://user:password@host:8123/database`, or a connection that is made already. */
  readonly url?: string
  readonly client?: ClickHouseClient
}

const HOUR = 3_600_000
/** Another collector may have been told of a release. */
const LEARN = 10_000
/** Milliseconds that a check may take. */
const CHECK = 1500
/** Milliseconds after a refusal in which it counts as not ready. No longer: whoever is not ready gets no beacons, and only a beacon shows that there is room again. */
const REFUSED = 10_000
const MOST_SHOWN = 20
const decoder = new TextDecoder()

/**
 * Opens a store in ClickHouse. Any number of collectors may share it.
 *
 * @throws `PACELINE_COLLECTOR_CLICKHOUSE` when it cannot be reached, or does not take the tables
 */
export async function openClickHouseStore(options: ClickHouseStoreOptions): Promise<Store> {
  const { url = '', sla, retention } = options
  const client = options.client ?? connect(url)
  const limits = slaLimits(sla)
  const known = new KnownReleases(limits)
  const listeners = new Set<(arrived: readonly Arrived[]) => void>()
  const ask = async <Row>(query: string, params: Readonly<Record<string, unknown>> = {}): Promise<Row[]> => {
    const settings = { output_format_json_quote_64bit_integers: 0 as const }
    const result = await client.query({
      query,
      query_params: params,
      format: 'JSONEachRow',
      clickhouse_settings: settings,
    })
    return result.json<Row>()
  }
  const parameters = (filter: Filter): Record<string, unknown> => {
    const routes = known.names.wanted(filter)
    const wanted = routes === undefined ? 'all' : routes.isListed ? 'listed' : 'others'
    return { ...hours(filter), routes: wanted, places: routes?.places ?? [] }
  }
  const learn = async (): Promise<void> => {
    const rows = await ask<{ release: string; routes: string }>('SELECT release, routes FROM paceline_releases FINAL')
    for (const { release, routes } of rows) known.learn(release, JSON.parse(routes) as RouteName[])
  }
  try {
    for (const query of createTables(retention)) await client.command({ query })
    await learn()
  } catch (error) {
    await client.close()
    const host = URL.canParse(url) ? new URL(url).host : 'clickhouse'
    throw collectorError('PACELINE_COLLECTOR_CLICKHOUSE', [host, (error as Error).message], { cause: error })
  }
  let refused: { readonly at: number; readonly reason: string } | undefined
  const insert = async (values: readonly object[]): Promise<void> => {
    try {
      await client.insert({ table: 'paceline_beacons', values, format: 'JSONEachRow' })
      refused = undefined
    } catch (error) {
      // A full disk answers questions all the same: only what it did with beacons tells.
      refused = { at: performance.now(), reason: `ClickHouse does not take beacons; received ${codeOf(error)}.` }
      throw error
    }
  }
  const learning = setInterval(() => void learn().catch(() => {}), LEARN).unref()

  return {
    kind: 'clickhouse',
    async append(deliveries) {
      const { rows, arrived, receipt } = readDeliveries(deliveries, known, (beacon, dims, at) =>
        beaconRow(beacon, dims, limits.of(beacon.release, beacon.route), at),
      )
      if (rows.length > 0) await insert(rows)
      for (const listener of listeners) listener(arrived.slice(-MOST_SHOWN))
      return receipt
    },
    // Views are filled with each insert.
    settle: async () => {},
    async cells(filter, groupBy) {
      const rows = await ask<CellRow>(cellsQuery(PAGES, WHERE, groupBy), parameters(filter))
      const named = ({ release, route }: CellRow): string => known.names.nameOf(release, route)
      return cellGroups(rows, limits, groupBy === 'route' ? named : undefined)
    },
    async operations(filter) {
      return operationGroups(await ask<OperationRow>(operationsQuery(PAGES, WHERE), parameters(filter)), limits)
    },
    async culprits(filter) {
      const from = Math.floor(filter.from / HOUR / 24) * 24 * HOUR
      return worstCulprits(await ask<CulpritGroup>(CULPRITS, { ...parameters(filter), from }))
    },
    async objectives(filter) {
      const { from, to } = objectiveSpan(filter)
      return ask<ObjectiveCount>(OBJECTIVES, { ...parameters(filter), from, to })
    },
    async dimensions() {
      const [row] = await ask<DimensionsRow>(DIMENSIONS, parameters({ from: 0, to: 8.64e15, bots: true }))
      const seen = await ask<{ release: string; since: number; until: number }>(RELEASES, { from: 0 })
      const releases = seen.map(({ release, since: first, until: last }) => ({ release, first, last }))
      const { places = [], navs = [], devices = [], countries = [] } = row ?? {}
      const order = new Map(releases.map(({ release }, index) => [release, index]))
      const routes = known.names.known(
        places
          .map((place) => place.split(' ') as [string, string])
          .toSorted(([a], [b]) => (order.get(b) ?? Infinity) - (order.get(a) ?? Infinity) || compareText(a, b))
          .map(([release, route]) => [release, Number(route)]),
      )
      return { releases, routes, navs, devices, countries: countries.filter(Boolean) }
    },
    async putRelease(release) {
      const values = [{ ...release, routes: JSON.stringify(release.routes) }]
      await client.insert({ table: 'paceline_releases', values, format: 'JSONEachRow' })
      known.learn(release.release, release.routes)
    },
    async release(release) {
      const query = 'SELECT * FROM paceline_releases FINAL WHERE release = {release: String}'
      const [row] = await ask<StoredRelease & { routes: string }>(query, { release })
      return row && { ...row, routes: JSON.parse(row.routes) as RouteName[] }
    },
    // Rows have a time to live.
    sweep: async () => {},
    async statistics() {
      const query = `SELECT sum(bytes_on_disk) AS bytes FROM system.parts WHERE active AND database = currentDatabase() AND table LIKE 'paceline_%'`
      const [row] = await ask<{ bytes: number }>(query)
      return { bytes: row?.bytes ?? 0, behind: 0, overflow: known.overflow }
    },
    async check() {
      try {
        const abort_signal = AbortSignal.timeout(CHECK)
        const result = await client.query({ query: 'SELECT 1 FROM paceline_beacons LIMIT 0', abort_signal })
        await result.text()
        return refused && performance.now() - refused.at < REFUSED ? refused.reason : undefined
      } catch (error) {
        return `ClickHouse does not answer as it should; received ${codeOf(error)}.`
      }
    },
    watch(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async close() {
      clearInterval(learning)
      await client.close()
    },
  }
}

function connect(url: string): ClickHouseClient {
  return createClient({
    url,
    max_open_connections: 10,
    // What goes wrong is thrown, and told by whoever catches it.
    log: { level: ClickHouseLogLevel.OFF },
    compression: { request: true, response: true },
    // Small batches of many collectors are put together by the server; the answer comes when they are on disk.
    clickhouse_settings: { async_insert: 1, wait_for_async_insert: 1 },
  })
}

/** Of ClickHouse its number and name (`243 NOT_ENOUGH_SPACE`), of the network its code: neither says more than anybody may read. */
function codeOf(error: unknown): string {
  const { code = 'nothing in time', type = '' } = error as { readonly code?: string; readonly type?: string }
  return `${code} ${type}`.trim()
}

interface Read {
  readonly rows: object[]
  readonly arrived: Arrived[]
  readonly receipt: Receipt
}

function readDeliveries(
  deliveries: readonly Delivery[],
  known: KnownReleases,
  rowOf: (...of: readonly [Arrived['beacon'], ReturnType<KnownReleases['admit']>, number]) => object,
): Read {
  const rows: object[] = []
  const arrived: Arrived[] = []
  const problems: Record<string, number> = {}
  const verdicts = deliveries.map(({ body, at, country, bot }): Verdict => {
    const beacons = readBeacons(decoder.decode(body))
    if (typeof beacons === 'string') {
      problems[beacons] = (problems[beacons] ?? 0) + 1
      return 'invalid'
    }
    for (const beacon of beacons) {
      const { release, route, nav, device, operations } = beacon
      const dims = known.admit({ release, route, nav, device, country, bot }, at)
      const named = operations?.map((one) => ({ ...one, name: known.nameOf(one.kind, one.name) }))
      rows.push(rowOf(named ? { ...beacon, operations: named } : beacon, dims, at))
      arrived.push({ at, country, bot, beacon })
    }
    return 'stored'
  })
  return { rows, arrived, receipt: { verdicts, beacons: rows.length, problems } }
}

/** The parameters of a filter, rounded to whole hours. */
function hours({ from, to, release, nav, device, country, bots = false }: Filter): Record<string, unknown> {
  return {
    from: Math.floor(from / HOUR) * HOUR,
    to: Math.ceil(to / HOUR) * HOUR,
    release: release ?? '',
    nav: nav ?? '',
    device: device ?? '',
    country: country ?? '',
    bots: Number(bots),
  }
}

interface DimensionsRow {
  /** Release and number of a route. */
  readonly places: string[]
  readonly navs: string[]
  readonly devices: string[]
  readonly countries: string[]
}

const DIMENSIONS = `
  SELECT groupUniqArray(concat(l.release, ' ', toString(l.route))) AS places, arraySort(groupUniqArray(l.nav)) AS navs,
    arraySort(groupUniqArray(l.device)) AS devices, arraySort(groupUniqArray(l.country)) AS countries
  FROM (${PAGES}) WHERE ${WHERE}`

const RELEASES = `
  SELECT l.release AS release, min(first) AS since, max(first) AS until FROM (${PAGES})
  WHERE release != 'other' GROUP BY release ORDER BY since DESC, release LIMIT 500`

const CULPRITS = `
  SELECT release, route, metric, file, char, count() AS n, sum(ms) AS ms, max(target) AS target
  FROM (SELECT l.release AS release, l.route AS route, l.c_metric AS a, l.c_file AS b, l.c_char AS c, l.c_ms AS d, l.c_target AS e
    FROM (${PAGES}) WHERE ${WHERE})
  ARRAY JOIN a AS metric, b AS file, c AS char, d AS ms, e AS target
  GROUP BY release, route, metric, file, char ORDER BY ms DESC LIMIT 5000`

const VITAL_NAMES = "['lcp', 'inp', 'cls', 'fcp', 'ttfb', 'tti']"

const OBJECTIVES = `
  SELECT name, count() AS n, sum(broken) AS bad FROM (
    SELECT arrayConcat(
      arrayFilter(x -> x.3 >= 0, arrayMap((n, kept, limit) -> (${VITAL_NAMES}[n + 1], toUInt8(NOT kept), limit), l.v_name, l.v_kept, l.v_limit)),
      arrayMap((kept, limit) -> ('operations', toUInt8(NOT kept), limit), l.o_kept, l.o_limit),
      if(opened = 1, [('opened', toUInt8(NOT updated), toFloat64(0))], [])) AS all
    FROM (${PAGES}) WHERE ${WHERE})
  ARRAY JOIN all AS one, arrayMap(x -> x.1, all) AS name, arrayMap(x -> x.2, all) AS broken GROUP BY name ORDER BY name`
