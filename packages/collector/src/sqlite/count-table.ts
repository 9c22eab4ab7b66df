import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { SumDimensionTable } from './sum-dimensions.ts'

/** Slots of the objectives. */
export const SLOT = 300_000
/** Lengths that are kept, in slots: five minutes for short windows, an hour for long ones. */
const LENGTHS = [1, 12] as const

/** Places of one flush that are told apart; a page can invent any number of them. */
const MOST_CULPRITS_A_DAY = 20_000

interface Objective {
  readonly dims: number
  readonly slot: number
  readonly name: string
  n: number
  bad: number
}

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
  /** In slots of five minutes. */
  readonly #objectives = new Map<string, Objective>()
  readonly #culprits = new Map<string, Culprit>()
  readonly #sumIds: SumDimensionTable
  readonly #addObjective: StatementSync
  readonly #addObjectiveSum: StatementSync
  readonly #addCulprit: StatementSync
  readonly #changeCulprit: StatementSync
  readonly #countCulprits: StatementSync

  constructor(db: DatabaseSync, sumIds: SumDimensionTable) {
    this.#sumIds = sumIds
    this.#addObjective = db.prepare(
      'INSERT INTO objectives VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n, bad = bad + excluded.bad',
    )
    this.#addObjectiveSum = db.prepare(
      'INSERT INTO objective_sums (slots, slot, dims, name, n, bad) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n, bad = bad + excluded.bad',
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
    add(this.#objectives, dims, Math.floor(at / SLOT), name, n, bad)
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
    this.#flushObjectives()
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

  /** Adds what is in `objectives` to their sums: in layout 1 there were none. */
  sumObjectives(db: DatabaseSync): void {
    const rows = db.prepare('SELECT dims, slot, name, n, bad FROM objectives WHERE slots = ?')
    for (const slots of LENGTHS) {
      const found = rows.all(slots) as unknown as Objective[]
      this.#write(this.#addObjectiveSum, slots, this.#sumsOf(found))
    }
  }

  #flushObjectives(): void {
    for (const slots of LENGTHS) {
      const longer = new Map<string, Objective>()
      for (const { dims, slot, name, n, bad } of this.#objectives.values())
        add(longer, dims, Math.floor(slot / slots) * slots, name, n, bad)
      this.#write(this.#addObjective, slots, longer.values())
      this.#write(this.#addObjectiveSum, slots, this.#sumsOf(longer.values()))
    }
    this.#objectives.clear()
  }

  #sumsOf(objectives: Iterable<Objective>): Iterable<Objective> {
    const sums = new Map<string, Objective>()
    for (const { dims, slot, name, n, bad } of objectives)
      for (const id of this.#sumIds.idsOf(dims)) add(sums, id, slot, name, n, bad)
    return sums.values()
  }

  #write(statement: StatementSync, slots: number, objectives: Iterable<Objective>): void {
    for (const { slot, dims, name, n, bad } of objectives)
      if (n !== 0 || bad !== 0) statement.run(slots, slot, dims, name, n, bad)
  }

  forget(): void {
    this.#objectives.clear()
    this.#culprits.clear()
  }
}

function add(into: Map<string, Objective>, dims: number, slot: number, name: string, n: number, bad: number): void {
  const key = `${slot} ${dims} ${name}`
  const known = into.get(key)
  if (known) {
    known.n += n
    known.bad += bad
  } else into.set(key, { dims, slot, name, n, bad })
}
