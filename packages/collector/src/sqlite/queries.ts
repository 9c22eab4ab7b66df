import type { WantedRoutes } from '../store/route-names.ts'
import type { Filter } from '../store/store.ts'
import { PLACES } from './sum-dimensions.ts'
import type { SumKind } from './sum-dimensions.ts'

// Numbers of routes are of one release each. The list is read once for a question, into an index of its own.
const isWantedRoute = (number: string): string =>
  `(:places IS NULL OR (d.release || ' ' || ${number} IN (SELECT value FROM json_each(:places))) = :listed)`

/** Dimensions of cells that a filter wants. */
const CELLS_WANTED = `(:bots = 1 OR d.bot = 0) AND (:release IS NULL OR d.release = :release) AND ${isWantedRoute('d.route')}
  AND (:nav IS NULL OR d.nav = :nav) AND (:device IS NULL OR d.device = :device) AND (:country IS NULL OR d.country = :country)`
const SUMS_WANTED = `(:bots = 1 OR d.bot = 0) AND (:release IS NULL OR d.release = :release) AND (:value IS NULL OR d.value = :value) AND (:nav IS NULL OR d.nav = :nav) AND ${isWantedRoute('d.value')}`
// Made once for all rows of a span: to look each row's dimensions up takes longer than to add up those that are wanted.
const isWantedSum = (kind: string): string =>
  `c.dims IN (SELECT d.id FROM sum_dims d WHERE d.kind = ${kind} AND ${SUMS_WANTED})`

// Of a whole question: first what it is about, then its rows. Names of navigation types are letters and dashes, all below the tilde.
const WANTED_FIRST = "d.nav BETWEEN ifnull(:nav, '') AND ifnull(:nav, '~')"

// CROSS JOIN keeps the order: SQLite knows nothing of how the rows are spread.
const CELLS_JOINED = 'CROSS JOIN dims d ON d.id = c.dims'
const SUMS_JOINED = 'CROSS JOIN sum_dims d ON d.id = c.dims'
const IN_SPAN = 'c.level = :level AND c.start >= :from AND c.start < :to'
const UNSUMMED = 't.level = :level AND t.kind = :kind AND t.start >= :from AND t.start < :to'
const isSummed = (level: string, kind: string): string =>
  `c.start NOT IN (SELECT t.start FROM unsummed t WHERE t.level = ${level} AND t.kind = ${kind})`

/** Of cells or operations: all of a span, for questions that no sum answers; those of times without a sum; the sums of all others. */
interface Queries {
  readonly all: string
  readonly unsummed: string
  readonly sums: string
}

function bodyQueries(table: string, sums: string, columns: string): Queries {
  return {
    all: `SELECT ${columns} FROM dims d CROSS JOIN ${table} c ON c.dims = d.id
      WHERE ${WANTED_FIRST} AND ${IN_SPAN} AND ${CELLS_WANTED}`,
    unsummed: `SELECT ${columns} FROM unsummed t CROSS JOIN ${table} c ON c.level = t.level AND c.start = t.start ${CELLS_JOINED}
      WHERE ${UNSUMMED} AND ${CELLS_WANTED}`,
    sums: `SELECT ${columns}, d.release, d.nav, d.value FROM ${sums} c ${SUMS_JOINED}
      WHERE ${IN_SPAN} AND c.kind = :kind AND ${isSummed(':level', ':kind')} AND ${isWantedSum(':kind')}`,
  }
}

/** The statements, in one place so that a test sees how each is answered. */
export const QUERIES: {
  readonly cells: Queries
  readonly operations: Queries
  readonly culprits: Queries
  /** Their sums are changed with them, and always there. */
  readonly objectives: Omit<Queries, 'unsummed'>
  readonly release: string
} = {
  cells: bodyQueries('cells', 'cell_sums', 'c.start, c.dims, c.body'),
  operations: bodyQueries('operation_cells', 'operation_sums', 'c.start, c.dims, c.name, c.body'),
  culprits: {
    all: `SELECT d.release, d.route, c.metric, c.file, c.char, sum(c.n) AS n, sum(c.ms) AS ms, max(c.target) AS target
      FROM dims d CROSS JOIN culprits c ON c.dims = d.id WHERE ${WANTED_FIRST} AND c.start >= :from AND c.start < :to AND c.n > 0 AND ${CELLS_WANTED} GROUP BY 1, 2, 3, 4, 5`,
    unsummed: `SELECT d.release, d.route, c.metric, c.file, c.char, sum(c.n) AS n, sum(c.ms) AS ms, max(c.target) AS target
      FROM unsummed t CROSS JOIN culprits c ON c.start = t.start ${CELLS_JOINED} WHERE ${UNSUMMED} AND c.n > 0 AND ${CELLS_WANTED} GROUP BY 1, 2, 3, 4, 5`,
    sums: `SELECT d.release, CAST(d.value AS INTEGER) AS route, c.metric, c.file, c.char, sum(c.n) AS n, sum(c.ms) AS ms, max(c.target) AS target
      FROM culprit_sums c ${SUMS_JOINED} WHERE c.start >= :from AND c.start < :to
      AND ${isSummed('24', `'${PLACES}'`)} AND ${isWantedSum("'route'")} GROUP BY 1, 2, 3, 4, 5`,
  },
  objectives: {
    all: `SELECT c.name, sum(c.n) AS n, sum(c.bad) AS bad FROM dims d CROSS JOIN objectives c INDEXED BY objectives_by_dims ON c.dims = d.id
      WHERE ${WANTED_FIRST} AND c.slots = :slots AND c.slot >= :from AND c.slot < :to AND ${CELLS_WANTED} GROUP BY c.name`,
    sums: `SELECT c.name, sum(c.n) AS n, sum(c.bad) AS bad FROM sum_dims d
      CROSS JOIN objective_sums c ON c.slots = :slots AND c.dims = d.id AND c.slot >= :from AND c.slot < :to
      WHERE d.kind = :kind AND ${SUMS_WANTED} GROUP BY c.name`,
  },
  release: 'SELECT * FROM releases WHERE release = ?',
}

type Parameters = Record<string, number | string | null>

/** What `all` and `unsummed` are asked with, besides their span. */
export function wantedCells(filter: Filter, routes: WantedRoutes | undefined): Parameters {
  const { release, nav, device, country, bots = false } = filter
  return {
    bots: bots ? 1 : 0,
    release: release ?? null,
    ...placesOf(routes),
    nav: nav ?? null,
    device: device ?? null,
    country: country ?? null,
  }
}

/** What `sums` is asked with, besides its span and its kind. */
export function wantedSums(filter: Filter, kind: SumKind, routes: WantedRoutes | undefined): Parameters {
  const { release, nav, bots = false } = filter
  const value = kind === 'release' || kind === 'route' ? undefined : filter[kind]
  return {
    bots: bots ? 1 : 0,
    release: release ?? null,
    nav: nav ?? null,
    value: value ?? null,
    ...placesOf(routes),
  }
}

function placesOf(routes: WantedRoutes | undefined): Parameters {
  return { places: routes ? JSON.stringify(routes.places) : null, listed: routes?.isListed ? 1 : 0 }
}
