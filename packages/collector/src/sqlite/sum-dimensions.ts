import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Filter, GroupBy } from '../store/store.ts'
import { dimensionsOf } from './dimension-table.ts'
import { Remembered } from './remembered.ts'

/** What sums tell apart besides release, navigation type and programs: nothing, or one dimension. */
export const SUM_KINDS = ['release', 'route', 'device', 'country'] as const
export type SumKind = (typeof SUM_KINDS)[number]

/** Places that are to blame are added up by day and route; what is said of them is kept apart. */
export const PLACES = 'places'

const DIMENSIONS = ['route', 'device', 'country'] as const

/** The sums that answer a question; `undefined` where it names two dimensions, and only the cells themselves do. */
export function sumKindOf(filter: Filter, groupBy: GroupBy): SumKind | undefined {
  const grouped = groupBy === 'release-route' ? 'route' : groupBy
  const named = DIMENSIONS.filter((name) => filter[name] !== undefined || grouped === name)
  return named.length > 1 ? undefined : (named[0] ?? 'release')
}

/** The numbers of what sums tell apart. */
export class SumDimensionTable {
  readonly #ids = new Remembered<number, readonly number[]>()
  readonly #dims: StatementSync
  readonly #select: StatementSync
  readonly #insert: StatementSync

  constructor(db: DatabaseSync) {
    this.#dims = db.prepare('SELECT * FROM dims WHERE id = ?')
    this.#select = db.prepare(
      'SELECT id FROM sum_dims WHERE kind = ? AND nav = ? AND value = ? AND release = ? AND bot = ?',
    )
    this.#insert = db.prepare('INSERT INTO sum_dims (kind, nav, value, release, bot) VALUES (?, ?, ?, ?, ?)')
  }

  /**
   * @param dims number of the dimensions of a cell
   * @returns the numbers of those that it is added to, in the order of `SUM_KINDS`
   */
  idsOf(dims: number): readonly number[] {
    const known = this.#ids.get(dims)
    if (known) return known
    const own = dimensionsOf(this.#dims.get(dims)!)
    const ids = SUM_KINDS.map((kind) => {
      const key = [kind, own.nav, kind === 'release' ? '' : `${own[kind]}`, own.release, own.bot ? 1 : 0] as const
      return Number(this.#select.get(...key)?.['id'] ?? this.#insert.run(...key).lastInsertRowid)
    })
    this.#ids.set(dims, ids)
    return ids
  }

  /** The transaction failed: numbers that are new are not on disk. */
  forget(): void {
    this.#ids.clear()
  }
}
