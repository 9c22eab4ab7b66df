import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { StatementSync } from 'node:sqlite'
import type { Delivery } from '../store/store.ts'

/** A body on disk. */
export interface RawRow {
  readonly id: number
  readonly at: number
  readonly country: string
  readonly bot: boolean
  readonly body: Uint8Array
}

interface DayFile {
  readonly db: DatabaseSync
  readonly inode: number | undefined
  /** Of the one who writes. */
  readonly insert?: StatementSync
  readonly one: StatementSync
  readonly after: StatementSync
  readonly last: StatementSync
}

const NAME = /^raw-(\d{4}-\d{2}-\d{2})\.db$/
/** Today's, yesterday's, and one that is read again. */
const MOST_OPEN = 4
/** Milliseconds that one waits for the other. */
const BUSY = 5000

const DAY = 86_400_000
const days = new Map<number, string>()
const MOST_DAYS = 64

/** The day of a time, in UTC: `2026-11-22`. */
export function dayOf(at: number): string {
  const number = Math.floor(at / DAY)
  // Each beacon asks several times, nearly always for the same three days.
  const known = days.get(number)
  if (known !== undefined) return known
  if (days.size >= MOST_DAYS) days.clear()
  const day = new Date(at).toISOString().slice(0, 10)
  days.set(number, day)
  return day
}

/**
 * Bodies as they arrived, in one SQLite file per day. What `append` wrote is on disk: every commit is synchronised, and it is never changed
 * again, so a day is deleted as a file.
 */
export class RawLog {
  readonly #dir: string
  readonly #mode: 'write' | 'read'
  readonly #open = new Map<string, DayFile>()

  /** @param mode one writes, any number reads */
  constructor(dir: string, mode: 'write' | 'read') {
    mkdirSync(dir, { recursive: true })
    this.#dir = dir
    this.#mode = mode
  }

  /** Days that have a file, oldest first. */
  days(): string[] {
    return readdirSync(this.#dir)
      .flatMap((name) => NAME.exec(name)?.[1] ?? [])
      .toSorted()
  }

  /** One transaction. */
  append(day: string, deliveries: readonly Delivery[]): void {
    const { db, insert } = this.#present(day)
    db.exec('BEGIN IMMEDIATE')
    try {
      for (const { at, country, bot, body } of deliveries) insert!.run(at, country, bot ? 1 : 0, body)
      db.exec('COMMIT')
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }

  /** Writes to the disk what changes nothing. @throws when `append` would */
  touch(day: string): void {
    const { db } = this.#present(day)
    const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number }
    db.exec(`PRAGMA user_version = ${(version + 1) % 2}`)
  }

  /** The rows after an id, in the order in which they arrived: so many at most, and no more once their bodies are of so many bytes. */
  after(day: string, id: number, most: number, mostBytes: number): RawRow[] {
    const rows: RawRow[] = []
    let bytes = 0
    for (const found of this.#file(day)?.after.iterate(id, most) ?? []) {
      const row = rowOf(found)
      rows.push(row)
      bytes += row.body.length
      if (bytes >= mostBytes) break
    }
    return rows
  }

  /** The id of the last row. */
  last(day: string): number {
    return Number(this.#file(day)?.last.get()?.['id'] ?? 0)
  }

  /** The body of a row; `undefined` when its day is gone. */
  body(day: string, id: number): Uint8Array | undefined {
    if (!this.#open.has(day) && !this.days().includes(day)) return undefined
    const row = this.#file(day)?.one.get(id)
    return row?.['body'] as Uint8Array | undefined
  }

  deleteDay(day: string): void {
    this.#open.get(day)?.db.close()
    this.#open.delete(day)
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(this.#dir, `raw-${day}.db${suffix}`), { force: true })
  }

  bytes(): number {
    const files = readdirSync(this.#dir).filter((name) => /\.db(?:-wal)?$/.test(name))
    return files.reduce((sum, name) => sum + (statSync(join(this.#dir, name), { throwIfNoEntry: false })?.size ?? 0), 0)
  }

  close(): void {
    for (const { db } of this.#open.values()) db.close()
    this.#open.clear()
  }

  /** A file that was deleted can be written to as long as it is open, and all of it is lost after that. */
  #present(day: string): DayFile {
    const file = this.#file(day)!
    if (inodeOf(this.#path(day)) !== file.inode) throw new Error('The file of the day was taken away.')
    return file
  }

  #path(day: string): string {
    return join(this.#dir, `raw-${day}.db`)
  }

  #file(day: string): DayFile | undefined {
    const known = this.#open.get(day)
    if (known) return known
    const [oldest] = this.#open.keys()
    if (oldest !== undefined && this.#open.size >= MOST_OPEN) {
      this.#open.get(oldest)!.db.close()
      this.#open.delete(oldest)
    }
    const path = this.#path(day)
    const file = this.#mode === 'write' ? openToWrite(path) : openToRead(path)
    if (file) this.#open.set(day, file)
    return file
  }
}

function openToWrite(path: string): DayFile {
  // Whoever reads may be there first: then it is waited for.
  const db = new DatabaseSync(path, { timeout: BUSY })
  // FULL: a commit is on disk when it returns, also after a power cut. The commit that fills the log copies it into the file, and all pages wait: 8 MB
  // take a quarter of what 32 MB take, as often as it has to be, and no more in sum.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 2000')
  db.exec(
    'CREATE TABLE IF NOT EXISTS raw (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, country TEXT NOT NULL, bot INTEGER NOT NULL, body BLOB NOT NULL) STRICT',
  )
  return { ...reading(db, path), insert: db.prepare('INSERT INTO raw (at, country, bot, body) VALUES (?, ?, ?, ?)') }
}

/** `undefined` while the file is so new that nothing is in it. */
function openToRead(path: string): DayFile | undefined {
  const db = new DatabaseSync(path, { readOnly: true, timeout: BUSY })
  if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'raw'").get()) return reading(db, path)
  db.close()
  return undefined
}

function reading(db: DatabaseSync, path: string): DayFile {
  return {
    db,
    inode: inodeOf(path),
    one: db.prepare('SELECT body FROM raw WHERE id = ?'),
    after: db.prepare('SELECT id, at, country, bot, body FROM raw WHERE id > ? ORDER BY id LIMIT ?'),
    last: db.prepare('SELECT max(id) AS id FROM raw'),
  }
}

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino
}

function rowOf(row: Record<string, unknown>): RawRow {
  return {
    id: Number(row['id']),
    at: Number(row['at']),
    country: String(row['country']),
    bot: row['bot'] === 1,
    body: row['body'] as Uint8Array,
  }
}
