import { rmSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { StatementSync } from 'node:sqlite'

/** The raw log of one day, open. */
export interface DayFile {
  readonly db: DatabaseSync
  readonly inode: number | undefined
  /** Of the one who writes. */
  readonly insert?: StatementSync
  readonly one: StatementSync
  readonly after: StatementSync
  readonly first: StatementSync
  readonly last: StatementSync
}

/** Milliseconds that one waits for the other. */
const BUSY = 5000

/** Opens the file of a day, or makes it. */
export function openToWrite(path: string): DayFile {
  // A log without its file is of one that somebody deleted; whoever still reads that one has it open, and keeps it.
  if (inodeOf(path) === undefined) for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true })
  // Whoever reads may be there first: then it is waited for.
  const db = new DatabaseSync(path, { timeout: BUSY })
  // FULL: a commit is on disk when it returns, also after a power cut. The commit that fills the log copies it into the file, and all pages wait: 8 MB
  // take a quarter of what 32 MB take, as often as it has to be, and no more in sum.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 2000')
  db.exec(
    'CREATE TABLE IF NOT EXISTS raw (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, country TEXT NOT NULL, bot INTEGER NOT NULL, body BLOB NOT NULL) STRICT',
  )
  return {
    ...reading(db, path),
    insert: db.prepare('INSERT INTO raw (id, at, country, bot, body) VALUES (?, ?, ?, ?, ?)'),
  }
}

/** @returns `undefined` while the file is so new that nothing is in it */
export function openToRead(path: string): DayFile | undefined {
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
    first: db.prepare('SELECT min(id) AS id FROM raw'),
    last: db.prepare('SELECT max(id) AS id FROM raw'),
  }
}

/** What tells a file, or a directory, from one that has taken its name. */
export function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino
}
