import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Sla } from '@paceline/kit'
import type { Dimensions } from '../cells/cell.ts'
import { CellSum, TallySum } from '../cells/cell-sum.ts'
import type {
  CellGroup,
  CulpritGroup,
  Filter,
  GroupBy,
  KnownDimensions,
  ObjectiveCount,
  OperationGroup,
  RouteName,
  StoredRelease,
} from '../store/store.ts'
import { slaLimits } from '../sla/judge-limits.ts'
import type { Limits, SlaLimits } from '../sla/judge-limits.ts'
import { compareText, worstCulprits } from '../store/order-groups.ts'
import { HOUR } from './cell-table.ts'
import { RouteNames } from '../store/route-names.ts'
import { objectiveSpan } from '../store/objective-span.ts'
import { SLOT } from './count-table.ts'
import { dimensionsOf } from './dimension-table.ts'
import { QUERIES, wantedCells, wantedSums } from './queries.ts'
import { Remembered } from './remembered.ts'
import { openFiguresToRead } from './schema.ts'
import { PLACES, sumKindOf } from './sum-dimensions.ts'

/** A span of one level, in hours since the epoch. */
export interface Span {
  readonly level: 1 | 24
  readonly from: number
  readonly to: number
}

/** A stored body, and what it is of. */
interface FoundBody {
  readonly start: number
  readonly body: Uint8Array
  /** Of operations. */
  readonly name: number
  /** The value of the dimension that is grouped by. */
  readonly key: string
  /** In force; absent where the body is a sum that was held to them. */
  readonly limits: Limits | undefined
}

/** All reading of one directory, beside the writer. */
export class SqliteReader {
  readonly #db: DatabaseSync
  readonly #limits: SlaLimits
  readonly #names = new RouteNames()
  readonly #dims = new Remembered<number, Dimensions>()

  constructor(dir: string, sla: Sla) {
    this.#db = openFiguresToRead(join(dir, 'figures.db'))
    this.#limits = slaLimits(sla)
    this.learn()
  }

  /** Looks for releases that were pushed since. */
  learn(): void {
    for (const row of this.#db.prepare('SELECT release, routes FROM releases').all()) {
      const routes = JSON.parse(String(row['routes'])) as RouteName[]
      this.#limits.learn(String(row['release']), routes)
      this.#names.learn(String(row['release']), routes)
    }
  }

  cells(filter: Filter, groupBy: GroupBy): CellGroup[] {
    const groups = new Map<string, CellSum>()
    for (const { key, body, limits } of this.#bodies('cells', filter, groupBy)) {
      const group = groups.get(key) ?? new CellSum()
      groups.set(key, group)
      group.add(body, limits?.vitals)
    }
    return [...groups].map(([key, sum]) => ({ key, cell: sum.cell() })).toSorted((a, b) => compareText(a.key, b.key))
  }

  operations(filter: Filter): OperationGroup[] {
    const sums = new Map<number, TallySum>()
    for (const { name, body, limits } of this.#bodies('operations', filter, 'none')) {
      const sum = sums.get(name) ?? new TallySum()
      sums.set(name, sum)
      sum.add(body, limits?.operations.within)
    }
    const nameOf = this.#db.prepare('SELECT kind, name FROM names WHERE id = ?')
    return [...sums]
      .map(([id, sum]) => ({ id, tally: sum.tally() }))
      .filter(({ tally }) => tally.n > 0)
      .map(({ id, tally }) => ({ ...(nameOf.get(id) as { readonly kind: string; readonly name: string }), tally }))
      .toSorted((a, b) => compareText(a.kind, b.kind) || compareText(a.name, b.name))
  }

  culprits(filter: Filter): CulpritGroup[] {
    const span = { from: Math.floor(filter.from / HOUR / 24) * 24, to: Math.ceil(filter.to / HOUR) }
    const routes = this.#names.wanted(filter)
    const cells = { ...span, ...wantedCells(filter, routes) }
    // Sums of places are by route and release, as all answers are.
    if (filter.device !== undefined || filter.country !== undefined)
      return worstCulprits(this.#db.prepare(QUERIES.culprits.all).all(cells) as unknown as CulpritGroup[])
    const groups = new Map<string, CulpritGroup>()
    const rows = this.#atOnce(() => [
      ...this.#db.prepare(QUERIES.culprits.unsummed).all({ level: 24, kind: PLACES, ...cells }),
      ...this.#db.prepare(QUERIES.culprits.sums).all({ ...span, ...wantedSums(filter, 'route', routes) }),
    ])
    for (const row of rows as unknown as CulpritGroup[]) {
      const key = [row.release, row.route, row.metric, row.file, row.char].join('\n')
      const known = groups.get(key)
      const target = known && known.target > row.target ? known.target : row.target
      groups.set(key, { ...row, n: row.n + (known?.n ?? 0), ms: row.ms + (known?.ms ?? 0), target })
    }
    return worstCulprits([...groups.values()])
  }

  objectives(filter: Filter): ObjectiveCount[] {
    const { from, to, length } = objectiveSpan(filter)
    const span = { slots: length / SLOT, from: from / SLOT, to: to / SLOT }
    const kind = sumKindOf(filter, 'none')
    const routes = this.#names.wanted(filter)
    const counts =
      kind === undefined
        ? this.#db.prepare(QUERIES.objectives.all).all({ ...span, ...wantedCells(filter, routes) })
        : this.#db.prepare(QUERIES.objectives.sums).all({ ...span, kind, ...wantedSums(filter, kind, routes) })
    return (counts as unknown as ObjectiveCount[])
      .map(({ name, n, bad }) => ({ name, n: Math.max(0, n), bad: Math.max(0, bad) }))
      .toSorted((a, b) => compareText(a.name, b.name))
  }

  dimensions(): KnownDimensions {
    const releases = this.#db
      .prepare('SELECT release, first, last FROM seen ORDER BY first DESC, release LIMIT 500')
      .all()
    const distinct = (column: string): unknown[] =>
      this.#db
        .prepare(`SELECT DISTINCT ${column} AS value FROM dims ORDER BY value`)
        .all()
        .map(({ value }) => value)
    return {
      releases: releases.map((row) => ({
        release: String(row['release']),
        first: Number(row['first']),
        last: Number(row['last']),
      })),
      routes: this.#names.known(
        this.#db
          .prepare('SELECT release, route FROM dims GROUP BY release, route ORDER BY min(first), release')
          .all()
          .map((row) => [String(row['release']), Number(row['route'])]),
      ),
      navs: distinct('nav') as string[],
      devices: distinct('device') as string[],
      countries: (distinct('country') as string[]).filter(Boolean),
    }
  }

  release(release: string): StoredRelease | undefined {
    const row = this.#db.prepare(QUERIES.release).get(release)
    if (!row) return undefined
    return {
      release,
      at: Number(row['at']),
      routes: JSON.parse(String(row['routes'])) as RouteName[],
      content: Buffer.from(row['content'] as Uint8Array).toString(),
    }
  }

  close(): void {
    this.#db.close()
  }

  /** The sums that answer, and the cells of spans that were not added up yet; of questions that no sum answers, all cells. */
  *#bodies(of: 'cells' | 'operations', filter: Filter, groupBy: GroupBy): Generator<FoundBody> {
    const kind = sumKindOf(filter, groupBy)
    // Days do not tell the hours of a day apart.
    const times = groupBy === 'hour' ? [hours(filter)] : spans(filter)
    const queries = QUERIES[of]
    const routes = this.#names.wanted(filter)
    this.#db.exec('BEGIN')
    try {
      for (const { level, from, to } of times) {
        const span = { level, from, to }
        const cells = this.#db.prepare(kind === undefined ? queries.all : queries.unsummed)
        const asked = { ...span, ...(kind === undefined ? {} : { kind }), ...wantedCells(filter, routes) }
        for (const row of cells.iterate(asked)) yield this.#ofCell(row, groupBy)
        if (kind === undefined) continue
        const sums = this.#db.prepare(queries.sums).iterate({ ...span, kind, ...wantedSums(filter, kind, routes) })
        for (const row of sums) yield this.#ofSum(row, groupBy)
      }
    } finally {
      this.#db.exec('COMMIT')
    }
  }

  #ofCell(row: Record<string, unknown>, groupBy: GroupBy): FoundBody {
    const dims = this.#dimsOf(Number(row['dims']))
    const start = Number(row['start'])
    return {
      start,
      body: row['body'] as Uint8Array,
      name: Number(row['name'] ?? 0),
      key: timeKey(groupBy, start) ?? this.#keyOf(groupBy, dims, dims[groupBy as 'device']),
      limits: this.#limits.of(dims.release, dims.route),
    }
  }

  #ofSum(row: Record<string, unknown>, groupBy: GroupBy): FoundBody {
    const start = Number(row['start'])
    const { value } = row
    const dims = { release: String(row['release']), route: Number(value) }
    const own = groupBy === 'release' || groupBy === 'nav' ? row[groupBy] : value
    return {
      start,
      body: row['body'] as Uint8Array,
      name: Number(row['name'] ?? 0),
      key: timeKey(groupBy, start) ?? this.#keyOf(groupBy, dims, own),
      limits: undefined,
    }
  }

  /** @param value of the dimension that is grouped by */
  #keyOf(groupBy: GroupBy, { release, route }: Pick<Dimensions, 'release' | 'route'>, value: unknown): string {
    if (groupBy === 'none') return ''
    if (groupBy === 'route') return this.#names.nameOf(release, route)
    return groupBy === 'release-route' ? `${release} ${route}` : String(value)
  }

  /** What is read is of one moment. */
  #atOnce<Value>(read: () => Value): Value {
    this.#db.exec('BEGIN')
    try {
      return read()
    } finally {
      this.#db.exec('COMMIT')
    }
  }

  #dimsOf(id: number): Dimensions {
    const known = this.#dims.get(id)
    if (known) return known
    const dims = dimensionsOf(this.#db.prepare('SELECT * FROM dims WHERE id = ?').get(id)!)
    this.#dims.set(id, dims)
    return dims
  }
}

/** Whole days by day, the hours before and after them by hour. */
export function spans(filter: Filter): Span[] {
  const { from, to } = hours(filter)
  const firstDay = Math.ceil(from / 24) * 24
  const lastDay = Math.floor(to / 24) * 24
  if (firstDay >= lastDay) return [{ level: 1, from, to }]
  return [
    { level: 24, from: firstDay, to: lastDay },
    { level: 1, from, to: firstDay },
    { level: 1, from: lastDay, to },
  ]
}

function hours({ from, to }: Filter): Span {
  return { level: 1, from: Math.floor(from / HOUR), to: Math.ceil(to / HOUR) }
}

function timeKey(groupBy: GroupBy, start: number): string | undefined {
  if (groupBy === 'hour') return `${start * HOUR}`
  if (groupBy === 'day') return `${Math.floor(start / 24) * 24 * HOUR}`
  return undefined
}
