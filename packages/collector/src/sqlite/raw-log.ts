import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Delivery } from '../store/store.ts'
import { inodeOf, openToRead, openToWrite } from './day-file.ts'
import type { DayFile } from './day-file.ts'

/** A body on disk. */
export interface RawRow {
  readonly id: number
  readonly at: number
  readonly country: string
  readonly bot: boolean
  readonly body: Uint8Array
}

const NAME = /^raw-(\d{4}-\d{2}-\d{2})\.db$/
/** Today's, yesterday's, and one that is read again. */
const MOST_OPEN = 4

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
 *
 * Rows of a file are numbered without a gap. When somebody deletes the file of a day while it is written to, there is another at once, and its numbers are
 * higher: what is known of a row is never taken for what is known of another.
 */
export class RawLog {
  readonly #dir: string
  readonly #mode: 'write' | 'read'
  readonly #inode: number | undefined
  readonly #open = new Map<string, DayFile>()

  /** @param mode one writes, any number reads */
  constructor(dir: string, mode: 'write' | 'read') {
    mkdirSync(dir, { recursive: true })
    this.#dir = dir
    this.#mode = mode
    this.#inode = inodeOf(dir)
  }

  /** Days that have a file, oldest first, and those whose file was deleted while it was read. */
  days(): string[] {
    const found = readdirSync(this.#dir).flatMap((name) => NAME.exec(name)?.[1] ?? [])
    return [...new Set([...found, ...this.#open.keys()])].toSorted()
  }

  /**
   * One transaction.
   *
   * @throws also when the file was deleted meanwhile: the next call has another
   */
  append(day: string, deliveries: readonly Delivery[]): void {
    const { db, insert, last } = this.#present(day)
    db.exec('BEGIN IMMEDIATE')
    try {
      let id = last.get()?.['id'] === null ? firstId(day, deliveries) : null
      for (const { at, country, bot, body } of deliveries) {
        insert!.run(id, at, country, bot ? 1 : 0, body)
        id = null
      }
      db.exec('COMMIT')
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
    // What was written to a file that is deleted is lost.
    if (this.#isGone(day)) throw new Error('The file of the day was taken away.')
  }

  /** Writes to the disk what changes nothing. @throws when `append` would */
  touch(day: string): void {
    const { db } = this.#present(day)
    const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number }
    db.exec(`PRAGMA user_version = ${(version + 1) % 2}`)
  }

  /** The rows after an id, in the order in which they arrived: so many at most, and no more once their bodies are of so many bytes. */
  after(day: string, id: number, most: number, mostBytes: number): RawRow[] {
    const rows = this.#rowsAfter(day, id, most, mostBytes)
    if (rows.length > 0 || !this.#isGone(day)) return rows
    // Nothing comes to the file that was deleted: once all of it is read it is the turn of the one that is in its place.
    const rest = this.#rowsAfter(day, id, most, mostBytes)
    if (rest.length > 0) return rest
    this.#shut(day)
    return this.#isThere(day) ? this.#rowsAfter(day, id, most, mostBytes) : []
  }

  #rowsAfter(day: string, id: number, most: number, mostBytes: number): RawRow[] {
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

  /** The ids of the first and the last row; 0 when there is none. */
  ends(day: string): { readonly first: number; readonly last: number } {
    const file = this.#isThere(day) ? this.#file(day) : undefined
    return { first: Number(file?.first.get()?.['id'] ?? 0), last: Number(file?.last.get()?.['id'] ?? 0) }
  }

  /** The body of a row; `undefined` when its day is gone. */
  body(day: string, id: number): Uint8Array | undefined {
    if (!this.#isThere(day)) return undefined
    const row = this.#file(day)?.one.get(id)
    return row?.['body'] as Uint8Array | undefined
  }

  deleteDay(day: string): void {
    this.#shut(day)
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

  /** A file that was deleted can be written to as long as it is open, and all of it is lost after that: there is a new one. */
  #present(day: string): DayFile {
    if (inodeOf(this.#dir) !== this.#inode) throw new Error('The directory of the store was taken away.')
    if (this.#isGone(day)) this.#shut(day)
    return this.#file(day)!
  }

  /** Whether the file that is open is not the one of its name any more. */
  #isGone(day: string): boolean {
    const file = this.#open.get(day)
    return file !== undefined && inodeOf(this.#path(day)) !== file.inode
  }

  #isThere(day: string): boolean {
    return this.#open.has(day) || inodeOf(this.#path(day)) !== undefined
  }

  #shut(day: string): void {
    this.#open.get(day)?.db.close()
    this.#open.delete(day)
  }

  #path(day: string): string {
    return join(this.#dir, `raw-${day}.db`)
  }

  #file(day: string): DayFile | undefined {
    const known = this.#open.get(day)
    if (known) return known
    const [oldest] = this.#open.keys()
    if (oldest !== undefined && this.#open.size >= MOST_OPEN) this.#shut(oldest)
    const path = this.#path(day)
    const file = this.#mode === 'write' ? openToWrite(path) : openToRead(path)
    if (file) this.#open.set(day, file)
    return file
  }
}

/**
 * Of a file that is empty: microseconds of the day, so that a file which takes the place of one that was deleted goes on after its numbers, as long as less than
 * a million bodies arrive in a second.
 */
function firstId(day: string, [delivery]: readonly Delivery[]): number {
  return Math.max(0, delivery!.at - Date.parse(day)) * 1000 + 1
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
