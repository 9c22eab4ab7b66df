import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { dayOf } from './raw-log.ts'
import { createPages, pagesTable } from './schema.ts'

/** What is known of a page: where it counts, and which of its beacons counts. */
export interface PageState {
  dims: number
  /** When its first beacon arrived: the hour and the day in which it counts, for good. */
  readonly first: number
  /** Of the beacon that counts. */
  seq: number
  /** A bit per sequence number below 48, so that what arrives twice counts once. */
  seen: number
  beacons: number
  opened: boolean
  updated: boolean
  /** Whether the beacon that counts says more than that the page is there. */
  content: boolean
  /** Where that beacon is in the raw log. */
  day: string
  raw: number
  place: number
}

interface DayTable {
  readonly select: StatementSync
  readonly upsert: StatementSync
}

const DAY = 86_400_000
const OPENED = 1
const UPDATED = 2
const CONTENT = 4

/** Pages of today and yesterday. One that is heard of later counts as a new one. */
export class PageTable {
  readonly #db: DatabaseSync
  readonly #tables = new Map<string, DayTable>()

  constructor(db: DatabaseSync) {
    this.#db = db
    this.read()
  }

  /** Looks which days are on disk, and forgets all others. */
  read(): void {
    this.#tables.clear()
    for (const row of this.#db.prepare('SELECT day FROM page_days').all()) this.#open(String(row['day']))
  }

  /** @param at when it is heard of: what is known of earlier days stays until it is swept, and is not looked at */
  find(page: Uint8Array, at: number): PageState | undefined {
    // Tomorrow's, because clocks are set back.
    for (const day of [at, at - DAY, at + DAY]) {
      const row = this.#tables.get(dayOf(day))?.select.get(page)
      if (row) return stateOf(row)
    }
    return undefined
  }

  /** @param firstDay the day of the page's first beacon */
  save(page: Uint8Array, firstDay: string, state: PageState): void {
    const { dims, first, seq, seen, beacons, opened, updated, content, day, raw, place } = state
    const flags = (opened ? OPENED : 0) | (updated ? UPDATED : 0) | (content ? CONTENT : 0)
    const table = this.#tables.get(firstDay) ?? this.#open(firstDay)
    table.upsert.run(page, dims, first, seq, seen, beacons, flags, day, raw, place)
  }

  /** Forgets pages of days before this one. */
  dropBefore(day: string): void {
    for (const known of this.#tables.keys()) {
      if (known >= day) continue
      this.#db.exec(`DROP TABLE IF EXISTS ${pagesTable(known)}`)
      this.#db.prepare('DELETE FROM page_days WHERE day = ?').run(known)
      this.#tables.delete(known)
    }
  }

  #open(day: string): DayTable {
    const table = createPages(this.#db, day)
    const opened: DayTable = {
      select: this.#db.prepare(`SELECT * FROM ${table} WHERE page = ?`),
      upsert: this.#db.prepare(`INSERT OR REPLACE INTO ${table} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    }
    this.#tables.set(day, opened)
    return opened
  }
}

/** The sixteen bytes of a UUID. */
export function pageKey(page: string): Uint8Array {
  return Buffer.from(page.replaceAll('-', ''), 'hex')
}

function stateOf(row: Record<string, unknown>): PageState {
  const flags = Number(row['flags'])
  return {
    dims: Number(row['dims']),
    first: Number(row['first']),
    seq: Number(row['seq']),
    seen: Number(row['seen']),
    beacons: Number(row['beacons']),
    opened: (flags & OPENED) !== 0,
    updated: (flags & UPDATED) !== 0,
    content: (flags & CONTENT) !== 0,
    day: String(row['day']),
    raw: Number(row['raw']),
    place: Number(row['place']),
  }
}
