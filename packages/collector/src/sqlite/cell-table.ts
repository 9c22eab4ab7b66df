import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { emptyCell } from '../cells/cell.ts'
import type { Cell } from '../cells/cell.ts'
import { decodeCell, decodeTally, encodeCell, encodeTally } from '../cells/encode-cell.ts'
import type { Tally } from '../cells/tally.ts'
import { emptyTally } from '../cells/tally.ts'

/** Lengths of the spans that are kept, in hours. */
export const LEVELS = [1, 24] as const
export const HOUR = 3_600_000

/** How many are kept decoded from one flush to the next. */
const MOST_WARM = 3000

interface Entry<Value> {
  readonly keys: readonly number[]
  readonly value: Value
  dirty: boolean
}

/** Rows with a numeric key and an encoded body, decoded when they are touched and written back together. */
class BodyTable<Value> {
  readonly #entries = new Map<string, Entry<Value>>()
  readonly #select: StatementSync
  readonly #upsert: StatementSync
  readonly #codec: BodyCodec<Value>

  constructor(db: DatabaseSync, table: string, keys: readonly string[], codec: BodyCodec<Value>) {
    const names = keys.join(', ')
    this.#select = db.prepare(`SELECT body FROM ${table} WHERE ${keys.map((key) => `${key} = ?`).join(' AND ')}`)
    this.#upsert = db.prepare(
      `INSERT INTO ${table} (${names}, body) VALUES (${keys.map(() => '?').join(', ')}, ?) ON CONFLICT (${names}) DO UPDATE SET body = excluded.body`,
    )
    this.#codec = codec
  }

  /** For changes: it is written with the next flush. */
  get(...keys: readonly number[]): Value {
    const name = keys.join(' ')
    const known = this.#entries.get(name)
    if (known) {
      known.dirty = true
      return known.value
    }
    const row = this.#select.get(...keys)
    const value = row ? this.#codec.decode(row['body'] as Uint8Array) : this.#codec.empty()
    this.#entries.set(name, { keys, value, dirty: true })
    return value
  }

  /** @param wrote called with the keys of each row */
  flush(wrote: (keys: readonly number[]) => void): void {
    for (const [name, entry] of this.#entries) {
      if (entry.dirty) {
        wrote(entry.keys)
        this.#upsert.run(...entry.keys, this.#codec.encode(entry.value))
        entry.dirty = false
        // Last touched, last out.
        this.#entries.delete(name)
        this.#entries.set(name, entry)
      }
    }
    for (const name of this.#entries.keys()) {
      if (this.#entries.size <= MOST_WARM) break
      this.#entries.delete(name)
    }
  }

  forget(): void {
    this.#entries.clear()
  }
}

interface BodyCodec<Value> {
  encode(value: Value): Uint8Array
  decode(bytes: Uint8Array): Value
  empty(): Value
}

/** The cells of pages and of operations that an open transaction changes. */
export class CellTable {
  readonly #cells: BodyTable<Cell>
  readonly #operations: BodyTable<Tally>

  constructor(db: DatabaseSync) {
    this.#cells = new BodyTable(db, 'cells', ['level', 'start', 'dims'], {
      encode: encodeCell,
      decode: decodeCell,
      empty: emptyCell,
    })
    this.#operations = new BodyTable(db, 'operation_cells', ['level', 'start', 'dims', 'name'], {
      encode: encodeTally,
      decode: decodeTally,
      empty: emptyTally,
    })
  }

  /** The cells of the hour and of the day of a time. */
  cells(at: number, dims: number): Cell[] {
    return LEVELS.map((level) => this.#cells.get(level, startOf(at, level), dims))
  }

  operations(at: number, dims: number, name: number): Tally[] {
    return LEVELS.map((level) => this.#operations.get(level, startOf(at, level), dims, name))
  }

  /** Writes what was touched into the open transaction. @returns the spans that it belongs to */
  flush(): (readonly [level: number, start: number])[] {
    const spans = new Map<string, readonly [number, number]>()
    const wrote = ([level = 0, start = 0]: readonly number[]): void =>
      void spans.set(`${level} ${start}`, [level, start])
    this.#cells.flush(wrote)
    this.#operations.flush(wrote)
    return [...spans.values()]
  }

  /** The transaction failed: what is in memory is not what is on disk. */
  forget(): void {
    this.#cells.forget()
    this.#operations.forget()
  }
}

/** The beginning of a span, in hours since the epoch. */
export function startOf(at: number, level: number): number {
  return Math.floor(at / (HOUR * level)) * level
}
