import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { COUNTS } from '../cells/cell.ts'
import type { Cell, Dimensions } from '../cells/cell.ts'
import { CellSum, TallySum } from '../cells/cell-sum.ts'
import { encodeCell, encodeTally } from '../cells/encode-cell.ts'
import type { Limits, SlaLimits } from '../sla/judge-limits.ts'
import { dimensionsOf } from './dimension-table.ts'
import { Remembered } from './remembered.ts'
import { PLACES, SUM_KINDS } from './sum-dimensions.ts'
import type { SumDimensionTable, SumKind } from './sum-dimensions.ts'

interface Row {
  readonly dims: number
  readonly name: number
  readonly body: Uint8Array
}

/** A sum is kept where it saves at least half of the rows. */
const WORTH = 2

interface SumSpan {
  readonly level: number
  readonly start: number
  readonly kind: SumKind
  /** Of the kind in `SUM_KINDS`. */
  readonly place: number
}

/** Rows of one sum. */
interface Group {
  readonly id: number
  readonly name: number
  readonly rows: readonly Row[]
}

/**
 * Sums of the cells of a span, by fewer dimensions: what most questions read instead of the cells. A span whose cells were changed since is listed in `unsummed`, in
 * the transaction that changed them: until it is added up anew its cells are read. So a sum is never other than what adding up gives.
 */
export class SumTable {
  readonly #db: DatabaseSync
  readonly #limits: SlaLimits
  readonly #ids: SumDimensionTable
  readonly #dimensions = new Remembered<number, Dimensions>()
  readonly #insertCell: StatementSync
  readonly #insertOperation: StatementSync
  readonly #summed: StatementSync
  readonly #unchanged: StatementSync

  constructor(db: DatabaseSync, limits: SlaLimits, ids: SumDimensionTable) {
    this.#db = db
    this.#limits = limits
    this.#ids = ids
    this.#insertCell = db.prepare('INSERT INTO cell_sums (level, kind, start, dims, body) VALUES (?, ?, ?, ?, ?)')
    this.#insertOperation = db.prepare(
      'INSERT INTO operation_sums (level, kind, start, dims, name, body) VALUES (?, ?, ?, ?, ?, ?)',
    )
    this.#summed = db.prepare('DELETE FROM unsummed WHERE level = ? AND kind = ? AND start = ?')
    this.#unchanged = db.prepare('UPDATE unsummed SET changed = 0 WHERE level = ? AND kind = ? AND start = ?')
  }

  /** Adds a span up, in a transaction of its own. @param start in hours since the epoch */
  refresh(level: number, start: number): void {
    this.#db.exec('BEGIN IMMEDIATE')
    try {
      const cells = this.#rows('cells', level, start)
      const operations = this.#rows('operation_cells', level, start)
      for (const [place, kind] of SUM_KINDS.entries()) this.#addKind({ level, start, place, kind }, cells, operations)
      if (level === 24) this.#addPlaces(start)
      this.#db.exec('COMMIT')
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
      this.#ids.forget()
      throw error
    }
  }

  #addKind(span: SumSpan, cells: readonly Row[], operations: readonly Row[]): void {
    const { level, start, place, kind } = span
    for (const table of ['cell_sums', 'operation_sums'])
      this.#db.prepare(`DELETE FROM ${table} WHERE level = ? AND kind = ? AND start = ?`).run(level, kind, start)
    const groups = this.#groups(cells, place)
    if (groups.length * WORTH > cells.length) {
      this.#unchanged.run(level, kind, start)
      return
    }
    this.#summed.run(level, kind, start)
    for (const { id, rows } of groups) {
      const sum = new CellSum()
      for (const { dims, body } of rows) sum.add(body, this.#limitsOf(dims).vitals)
      this.#insertCell.run(level, kind, start, id, encodeCell(bounded(sum.cell())))
    }
    for (const { id, name, rows } of this.#groups(operations, place)) {
      const sum = new TallySum()
      for (const { dims, body } of rows) sum.add(body, this.#limitsOf(dims).operations.within)
      this.#insertOperation.run(level, kind, start, id, name, encodeTally(sum.tally()))
    }
  }

  /** Places are told apart by release and route in every answer. */
  #addPlaces(start: number): void {
    const route = SUM_KINDS.indexOf('route')
    this.#db.prepare('DELETE FROM culprit_sums WHERE start = ?').run(start)
    const insert = this.#db.prepare(
      `INSERT INTO culprit_sums VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
        n = n + excluded.n, ms = ms + excluded.ms, target = max(target, excluded.target)`,
    )
    const rows = this.#db.prepare(
      'SELECT dims, metric, file, char, n, ms, target FROM culprits WHERE start = ? AND n > 0',
    )
    this.#summed.run(24, PLACES, start)
    for (const { dims, metric, file, char, n, ms, target } of rows.all(start))
      insert.run(start, this.#ids.idsOf(Number(dims))[route]!, metric!, file!, char!, n!, ms!, target!)
  }

  #rows(table: 'cells' | 'operation_cells', level: number, start: number): Row[] {
    const name = table === 'cells' ? '0 AS name' : 'name'
    const rows = this.#db.prepare(`SELECT dims, ${name}, body FROM ${table} WHERE level = ? AND start = ?`)
    return rows.all(level, start) as unknown as Row[]
  }

  /** One after the other, so that one histogram is open at a time. @param place of the kind in `SUM_KINDS` */
  #groups(rows: readonly Row[], place: number): Group[] {
    const groups = new Map<string, { readonly id: number; readonly name: number; readonly rows: Row[] }>()
    for (const row of rows) {
      const id = this.#ids.idsOf(row.dims)[place]!
      const key = `${id} ${row.name}`
      const group = groups.get(key)
      if (group) group.rows.push(row)
      else groups.set(key, { id, name: row.name, rows: [row] })
    }
    return [...groups.values()]
  }

  #limitsOf(id: number): Limits {
    let dims = this.#dimensions.get(id)
    if (!dims) {
      dims = dimensionsOf(this.#db.prepare('SELECT * FROM dims WHERE id = ?').get(id)!)
      this.#dimensions.set(id, dims)
    }
    return this.#limits.of(dims.release, dims.route)
  }
}

/** Each cell is below this; many of forged beacons may not be. */
function bounded(cell: Cell): Cell {
  for (const name of COUNTS) cell[name] = Math.min(Number.MAX_SAFE_INTEGER, cell[name])
  return cell
}
