import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { PLACES, SUM_KINDS } from './sum-dimensions.ts'

/** Milliseconds that pass before a span that was changed is added up: while pages speak, each is at most as often. */
const WAIT = 30_000

interface Waiting {
  readonly level: number
  readonly start: number
  readonly due: number
}

/**
 * Spans of which the sums are older than the cells. The table `unsummed` is what counts, and readers go by it: it lists, for each kind of sum, the spans that have none,
 * because they were `changed` or because it would be no shorter than the cells. Memory knows when each is due.
 */
export class StaleSpans {
  readonly #waiting = new Map<string, Waiting>()
  readonly #insert: StatementSync
  readonly #db: DatabaseSync
  readonly #now: () => number

  /** @param now milliseconds of a clock that is never set */
  constructor(db: DatabaseSync, now: () => number) {
    this.#db = db
    this.#now = now
    this.#insert = db.prepare('INSERT INTO unsummed VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET changed = 1')
    for (const row of db.prepare('SELECT DISTINCT level, start FROM unsummed WHERE changed = 1').all())
      this.wait(Number(row['level']), Number(row['start']), 0)
  }

  /** In the transaction that changes the cells. */
  mark(level: number, start: number): void {
    for (const kind of SUM_KINDS) this.#insert.run(level, kind, start)
    if (level === 24) this.#insert.run(level, PLACES, start)
    this.wait(level, start)
  }

  /** All spans from an hour on. */
  markAll(from: number): void {
    const rows = this.#db.prepare('SELECT DISTINCT level, start FROM cells WHERE start >= ?').all(from)
    for (const row of rows) this.mark(Number(row['level']), Number(row['start']))
  }

  /** Of one that is in the table. */
  wait(level: number, start: number, due: number = this.#now() + WAIT): void {
    const key = `${level} ${start}`
    if (!this.#waiting.has(key)) this.#waiting.set(key, { level, start, due })
  }

  /** The one that waits longest, when it has waited long enough; `once`: or even when it has not. */
  take(at: 'when due' | 'once'): Waiting | undefined {
    for (const [key, waiting] of this.#waiting) {
      if (at === 'when due' && waiting.due > this.#now()) return undefined
      this.#waiting.delete(key)
      return waiting
    }
    return undefined
  }
}
