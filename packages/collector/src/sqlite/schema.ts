import { DatabaseSync } from 'node:sqlite'

/**
 * The figures: small, and made anew from the raw log where a crash cut them off. `level` is the length of a span in hours: 1 or 24; `start` counts
 * hours since the epoch; `slot` counts five minutes, and `slots` is the length of a span in them: 1 or 12.
 */
const TABLES = `
CREATE TABLE IF NOT EXISTS progress (day TEXT PRIMARY KEY, raw INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dims (
  id INTEGER PRIMARY KEY, release TEXT NOT NULL, route INTEGER NOT NULL, nav TEXT NOT NULL, device TEXT NOT NULL, country TEXT NOT NULL,
  bot INTEGER NOT NULL, first INTEGER NOT NULL, UNIQUE (release, route, nav, device, country, bot)) STRICT;
CREATE INDEX IF NOT EXISTS dims_by_nav ON dims (nav);
CREATE TABLE IF NOT EXISTS names (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (kind, name)) STRICT;
CREATE TABLE IF NOT EXISTS cells (
  id INTEGER PRIMARY KEY, level INTEGER NOT NULL, start INTEGER NOT NULL, dims INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS cells_by_span ON cells (level, start, dims);
CREATE INDEX IF NOT EXISTS cells_by_dims ON cells (level, dims, start);
CREATE TABLE IF NOT EXISTS operation_cells (
  id INTEGER PRIMARY KEY, level INTEGER NOT NULL, start INTEGER NOT NULL, dims INTEGER NOT NULL, name INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS operation_cells_by_span ON operation_cells (level, start, dims, name);
CREATE INDEX IF NOT EXISTS operation_cells_by_dims ON operation_cells (level, dims, start);
CREATE TABLE IF NOT EXISTS objectives (
  slots INTEGER NOT NULL, slot INTEGER NOT NULL, dims INTEGER NOT NULL, name TEXT NOT NULL, n INTEGER NOT NULL, bad INTEGER NOT NULL,
  PRIMARY KEY (slots, slot, dims, name)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS objectives_by_dims ON objectives (slots, dims, slot);
CREATE TABLE IF NOT EXISTS culprits (
  start INTEGER NOT NULL, dims INTEGER NOT NULL, metric TEXT NOT NULL, file TEXT NOT NULL, char INTEGER NOT NULL, n INTEGER NOT NULL,
  ms REAL NOT NULL, target TEXT NOT NULL, PRIMARY KEY (start, dims, metric, file, char)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS culprits_by_dims ON culprits (dims, start);
CREATE TABLE IF NOT EXISTS seen (release TEXT PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS releases (
  release TEXT PRIMARY KEY, at INTEGER NOT NULL, routes TEXT NOT NULL, content BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS page_days (day TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sum_dims (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, nav TEXT NOT NULL, value TEXT NOT NULL, release TEXT NOT NULL, bot INTEGER NOT NULL,
  UNIQUE (kind, nav, value, release, bot)) STRICT;
CREATE TABLE IF NOT EXISTS cell_sums (
  id INTEGER PRIMARY KEY, level INTEGER NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, dims INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS cell_sums_by_span ON cell_sums (level, kind, start, dims);
CREATE TABLE IF NOT EXISTS operation_sums (
  id INTEGER PRIMARY KEY, level INTEGER NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, dims INTEGER NOT NULL, name INTEGER NOT NULL,
  body BLOB NOT NULL) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS operation_sums_by_span ON operation_sums (level, kind, start, dims, name);
CREATE TABLE IF NOT EXISTS culprit_sums (
  start INTEGER NOT NULL, dims INTEGER NOT NULL, metric TEXT NOT NULL, file TEXT NOT NULL, char INTEGER NOT NULL, n INTEGER NOT NULL,
  ms REAL NOT NULL, target TEXT NOT NULL, PRIMARY KEY (start, dims, metric, file, char)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS objective_sums (
  slots INTEGER NOT NULL, dims INTEGER NOT NULL, slot INTEGER NOT NULL, name TEXT NOT NULL, n INTEGER NOT NULL, bad INTEGER NOT NULL,
  PRIMARY KEY (slots, dims, slot, name)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS objective_sums_by_slot ON objective_sums (slots, slot);
CREATE TABLE IF NOT EXISTS unsummed (
  level INTEGER NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, changed INTEGER NOT NULL, PRIMARY KEY (level, kind, start)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`

/** Of the tables above and of what is in their cells. Figures outlast the raw log: another layout cannot be made anew from it. Layout 1 had no sums. */
const LAYOUT = 2

/**
 * Opens the figures for writing. Those of layout 1 get the tables that they lack, and `Figures` fills them.
 *
 * @throws when another version of the collector has made them
 */
export function openFigures(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: 5000 })
  checkLayout(db)
  db.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  db.exec('PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -32000')
  db.exec(TABLES)
  db.exec(`PRAGMA user_version = ${LAYOUT}`)
  return db
}

function checkLayout(db: DatabaseSync): void {
  const { user_version: layout } = db.prepare('PRAGMA user_version').get() as { user_version: number }
  if (layout === LAYOUT || layout === 1) return
  if (db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined) return
  db.close()
  throw new Error(`figures in layout ${layout}, of another version of the collector; this one has layout ${LAYOUT}`)
}

/** Opens the figures for reading, beside a writer. */
export function openFiguresToRead(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5000 })
  db.exec('PRAGMA cache_size = -64000; PRAGMA mmap_size = 1073741824')
  return db
}

/** One table per day of what is known of each page: a day is dropped, not searched. */
export function createPages(db: DatabaseSync, day: string): string {
  const table = pagesTable(day)
  db.exec(`CREATE TABLE IF NOT EXISTS ${table} (
    page BLOB PRIMARY KEY, dims INTEGER NOT NULL, first INTEGER NOT NULL, seq INTEGER NOT NULL, seen INTEGER NOT NULL, beacons INTEGER NOT NULL,
    flags INTEGER NOT NULL, day TEXT NOT NULL, raw INTEGER NOT NULL, place INTEGER NOT NULL) STRICT, WITHOUT ROWID`)
  db.prepare('INSERT OR IGNORE INTO page_days VALUES (?)').run(day)
  return table
}

/** A day is digits and dashes: nothing from outside gets into SQL. */
export function pagesTable(day: string): string {
  return `pages_${day.replaceAll('-', '')}`
}
