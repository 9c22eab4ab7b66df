import type { DatabaseSync, StatementSync } from 'node:sqlite'

/** Slots of the objectives. */
export const SLOT = 300_000
/** Lengths that are kept, in slots: five minutes for short windows, an hour for long ones. */
const LENGTHS = [1, 12] as const

/** Places of one flush that are told apart; a page can invent any number of them. */
const MOST_CULPRITS_A_DAY = 20_000

interface Culprit {
  n: number
  ms: number
  target: string
  readonly key: readonly [start: number, dims: number, metric: string, file: string, char: number]
}

/** Plain counters, summed up in memory and added to their rows together. */
export class CountTable {
  /** Places that were not told apart. */
  overflow = 0
  readonly #objectives = new Map<
    string,
    { readonly key: readonly [number, number, number, string]; n: number; bad: number }
  >()
  readonly #culprits = new Map<string, Culprit>()
  readonly #addObjective: StatementSync
  readonly #addCulprit: StatementSync
  readonly #changeCulprit: StatementSync
  readonly #countCulprits: StatementSync

  constructor(db: DatabaseSync) {
    this.#addObjective = db.prepare(
      'INSERT INTO objectives VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n, bad = bad + excluded.bad',
    )
    this.#changeCulprit = db.prepare(
      'UPDATE culprits SET n = n + ?, ms = ms + ?, target = ? WHERE start = ? AND dims = ? AND metric = ? AND file = ? AND char = ?',
    )
    this.#addCulprit = db.prepare(
      'INSERT INTO culprits (n, ms, target, start, dims, metric, file, char) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    this.#countCulprits = db.prepare('SELECT count(*) AS n FROM culprits WHERE start = ?')
  }

  objective(at: number, dims: number, name: string, n: number, bad: number): void {
    for (const slots of LENGTHS) {
      const key = [slots, Math.floor(at / SLOT / slots) * slots, dims, name] as const
      const id = key.join(' ')
      const entry = this.#objectives.get(id) ?? { key, n: 0, bad: 0 }
      entry.n += n
      entry.bad += bad
      this.#objectives.set(id, entry)
    }
  }

  /** @param start the day, in hours since the epoch */
  culprit(key: Culprit['key'], n: number, ms: number, target: string): void {
    const id = key.join('\n')
    const entry = this.#culprits.get(id) ?? { key, n: 0, ms: 0, target }
    entry.n += n
    entry.ms += ms
    if (n > 0) entry.target = target
    this.#culprits.set(id, entry)
  }

  flush(): void {
    for (const { key, n, bad } of this.#objectives.values())
      if (n !== 0 || bad !== 0) this.#addObjective.run(...key, n, bad)
    this.#objectives.clear()
    const room = new Map<number, number>()
    for (const { key, n, ms, target } of this.#culprits.values()) {
      const [start] = key
      if (this.#changeCulprit.run(n, ms, target, ...key).changes > 0 || n <= 0) continue
      const left = room.get(start) ?? MOST_CULPRITS_A_DAY - Number(this.#countCulprits.get(start)?.['n'] ?? 0)
      room.set(start, left - 1)
      if (left <= 0) this.overflow++
      else this.#addCulprit.run(n, ms, target, ...key)
    }
    this.#culprits.clear()
  }

  forget(): void {
    this.#objectives.clear()
    this.#culprits.clear()
  }
}
