import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'

const MIGRATIONS = new URL('./migrations/', import.meta.url)

/** Opens the studio's database and brings its schema up to date. `:memory:` forgets everything at the end. */
export function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON')
  migrate(database)
  return database
}

/** Runs the migrations that this database has not seen, in the order of their names, each in its own transaction. */
export function migrate(database: DatabaseSync): void {
  const done = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0)
  const files = readdirSync(MIGRATIONS)
    .filter((file) => file.endsWith('.sql'))
    .sort()
  for (const [index, file] of files.entries()) {
    if (index < done) continue
    const sql = readFileSync(new URL(file, MIGRATIONS), 'utf8')
    transaction(database, () => database.exec(`${sql}\nPRAGMA user_version = ${index + 1}`))
  }
}

/** All rows of a query. The caller names the shape that its SELECT makes. */
export function many<Row>(database: DatabaseSync, sql: string, ...values: SQLInputValue[]): Row[] {
  return database.prepare(sql).all(...values) as Row[]
}

/** The first row of a query, or nothing. */
export function one<Row>(database: DatabaseSync, sql: string, ...values: SQLInputValue[]): Row | undefined {
  return database.prepare(sql).get(...values) as Row | undefined
}

/** Runs a statement; the number of rows it changed. */
export function run(database: DatabaseSync, sql: string, ...values: SQLInputValue[]): number {
  return Number(database.prepare(sql).run(...values).changes)
}

/** Inserts rows that all have the keys of the first one. */
export function insert(database: DatabaseSync, table: string, rows: readonly object[]): void {
  const first = rows[0]
  if (!first) return
  const keys = Object.keys(first)
  const statement = database.prepare(
    `INSERT INTO ${table} (${keys.join(', ')}) VALUES (${keys.map(() => '?').join(', ')})`,
  )
  for (const row of rows) statement.run(...keys.map((key) => (row as Record<string, SQLInputValue>)[key] ?? null))
}

/** All or nothing. */
export function transaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}
