import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Sla } from '@paceline/kit'
import type { Dimensions } from '../cells/cell.ts'
import { CellSum } from '../cells/cell-sum.ts'
import { decodeTally } from '../cells/encode-cell.ts'
import { emptyTally, holdTo, merge } from '../cells/tally.ts'
import type { Tally } from '../cells/tally.ts'
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
import type { SlaLimits } from '../sla/judge-limits.ts'
import { compareText, worstCulprits } from '../store/order-groups.ts'
import { HOUR } from './cell-table.ts'
import { objectiveSpan } from '../store/objective-span.ts'
import { SLOT } from './count-table.ts'
import { dimensionsOf } from './dimension-table.ts'
import { openFiguresToRead } from './schema.ts'

/** A span of one level, in hours since the epoch. */
export interface Span {
  readonly level: 1 | 24
  readonly from: number
  readonly to: number
}

/** The statements, in one place so that a test sees how each is answered. */
export const QUERIES = {
  cells: 'SELECT start, dims, body FROM cells WHERE level = ? AND start >= ? AND start < ?',
  operations: 'SELECT dims, name, body FROM operation_cells WHERE level = ? AND start >= ? AND start < ?',
  culprits: 'SELECT dims, metric, file, char, n, ms, target FROM culprits WHERE start >= ? AND start < ? AND n > 0',
  objectives:
    'SELECT dims, name, sum(n) AS n, sum(bad) AS bad FROM objectives WHERE slots = ? AND slot >= ? AND slot < ? GROUP BY dims, name',
  release: 'SELECT * FROM releases WHERE release = ?',
} as const

/** All reading of one directory, beside the writer. */
export class SqliteReader {
  readonly #db: DatabaseSync
  readonly #limits: SlaLimits
  readonly #dims = new Map<number, Dimensions>()

  constructor(dir: string, sla: Sla) {
    this.#db = openFiguresToRead(join(dir, 'figures.db'))
    this.#limits = slaLimits(sla)
    this.learn()
  }

  /** Looks for releases that were pushed since. */
  learn(): void {
    for (const row of this.#db.prepare('SELECT release, routes FROM releases').all())
      this.#limits.learn(String(row['release']), JSON.parse(String(row['routes'])) as RouteName[])
  }

  cells(filter: Filter, groupBy: GroupBy): CellGroup[] {
    const isWanted = this.#matcher(filter)
    const groups = new Map<string, CellSum>()
    const statement = this.#db.prepare(QUERIES.cells)
    // Days do not tell the hours of a day apart.
    for (const { level, from, to } of groupBy === 'hour' ? [hours(filter)] : spans(filter)) {
      for (const row of statement.iterate(level, from, to)) {
        const dims = isWanted(Number(row['dims']))
        if (!dims) continue
        const key = groupKey(groupBy, dims, Number(row['start']))
        const group = groups.get(key) ?? new CellSum()
        groups.set(key, group)
        group.add(row['body'] as Uint8Array, this.#limits.of(dims.release, dims.route).vitals)
      }
    }
    return [...groups].map(([key, sum]) => ({ key, cell: sum.cell() })).toSorted((a, b) => compareText(a.key, b.key))
  }

  operations(filter: Filter): OperationGroup[] {
    const isWanted = this.#matcher(filter)
    const tallies = new Map<number, Tally>()
    const statement = this.#db.prepare(QUERIES.operations)
    for (const { level, from, to } of spans(filter)) {
      for (const row of statement.iterate(level, from, to)) {
        const dims = isWanted(Number(row['dims']))
        if (!dims) continue
        const name = Number(row['name'])
        const tally = tallies.get(name) ?? emptyTally()
        tallies.set(name, tally)
        const own = decodeTally(row['body'] as Uint8Array)
        holdTo(own, this.#limits.of(dims.release, dims.route).operations.within)
        merge(tally, own)
      }
    }
    const nameOf = this.#db.prepare('SELECT kind, name FROM names WHERE id = ?')
    return [...tallies]
      .filter(([, tally]) => tally.n > 0)
      .map(([id, tally]) => ({ ...(nameOf.get(id) as { readonly kind: string; readonly name: string }), tally }))
      .toSorted((a, b) => compareText(a.kind, b.kind) || compareText(a.name, b.name))
  }

  culprits(filter: Filter): CulpritGroup[] {
    const isWanted = this.#matcher(filter)
    const groups = new Map<string, CulpritGroup>()
    const from = Math.floor(filter.from / HOUR / 24) * 24
    for (const row of this.#db.prepare(QUERIES.culprits).iterate(from, Math.ceil(filter.to / HOUR))) {
      const dims = isWanted(Number(row['dims']))
      if (!dims) continue
      const { metric, file, char, n, ms, target } = row as unknown as CulpritGroup
      const key = [dims.release, dims.route, metric, file, char].join('\n')
      const known = groups.get(key)
      groups.set(key, {
        release: dims.release,
        route: dims.route,
        metric,
        file,
        char,
        n: n + (known?.n ?? 0),
        ms: ms + (known?.ms ?? 0),
        target: known?.target || target,
      })
    }
    return worstCulprits([...groups.values()])
  }

  objectives(filter: Filter): ObjectiveCount[] {
    const isWanted = this.#matcher(filter)
    const counts = new Map<string, { n: number; bad: number }>()
    const { from, to, length } = objectiveSpan(filter)
    const slots = [length / SLOT, from / SLOT, to / SLOT] as const
    for (const row of this.#db.prepare(QUERIES.objectives).iterate(...slots)) {
      if (!isWanted(Number(row['dims']))) continue
      const name = String(row['name'])
      const sum = counts.get(name) ?? { n: 0, bad: 0 }
      counts.set(name, { n: sum.n + Number(row['n']), bad: sum.bad + Number(row['bad']) })
    }
    return [...counts]
      .map(([name, { n, bad }]) => ({ name, n: Math.max(0, n), bad: Math.max(0, bad) }))
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
      routes: distinct('route') as number[],
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

  /** Gives the dimensions of a number when they are wanted. Numbers never change their meaning. */
  #matcher(filter: Filter): (id: number) => Dimensions | undefined {
    const { release, route, nav, device, country, bots = false } = filter
    const matches = (dims: Dimensions): boolean =>
      (bots || !dims.bot) &&
      (release === undefined || dims.release === release) &&
      (route === undefined || dims.route === route) &&
      (nav === undefined || dims.nav === nav) &&
      (device === undefined || dims.device === device) &&
      (country === undefined || dims.country === country)
    const asked = new Map<number, Dimensions | undefined>()
    return (id) => {
      if (asked.has(id)) return asked.get(id)
      const dims = this.#dimsOf(id)
      const wanted = dims && matches(dims) ? dims : undefined
      asked.set(id, wanted)
      return wanted
    }
  }

  #dimsOf(id: number): Dimensions | undefined {
    const known = this.#dims.get(id)
    if (known) return known
    const row = this.#db.prepare('SELECT * FROM dims WHERE id = ?').get(id)
    if (!row) return undefined
    const dims = dimensionsOf(row)
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

function groupKey(groupBy: GroupBy, dims: Dimensions, start: number): string {
  switch (groupBy) {
    case 'none':
      return ''
    case 'hour':
      return `${start * HOUR}`
    case 'day':
      return `${Math.floor(start / 24) * 24 * HOUR}`
    default:
      return `${dims[groupBy]}`
  }
}
