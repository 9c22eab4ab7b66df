import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Beacon, Sla } from '@paceline/kit'
import { slaLimits } from '../sla/judge-limits.ts'
import type { SlaLimits } from '../sla/judge-limits.ts'
import type { StoredRelease, StoreStatistics } from '../store/store.ts'
import { startOf } from './cell-table.ts'
import { SLOT } from './count-table.ts'
import { Figures } from './figures.ts'
import type { LoggedBeacon } from './figures.ts'
import { inodeOf } from './day-file.ts'
import { dayOf, RawLog } from './raw-log.ts'
import type { RawRow } from './raw-log.ts'
import { openFigures } from './schema.ts'
import { PLACES, SUM_KINDS } from './sum-dimensions.ts'

/** Days after which what is stored is deleted. */
export interface Retention {
  /** Beacons as they arrived. At least 3: a page of yesterday may still report. */
  readonly raw: number
  readonly hourly: number
  readonly daily: number
}

const DAY = 86_400_000
/** Bodies of one transaction. */
const CHUNK = 2000
/** Bytes of them: of the largest that are taken, 2000 become gigabytes in memory. */
const CHUNK_BYTES = 4 * 1024 * 1024
const decoder = new TextDecoder()

/** Adds what is in the raw log to the figures, and keeps both in bounds. What a crash cut off is simply not added yet. */
export class Roller {
  readonly #retention: Retention
  readonly #raw: RawLog
  readonly #file: string
  readonly #inode: number | undefined
  readonly #db: DatabaseSync
  readonly #limits: SlaLimits
  readonly #figures: Figures
  readonly #routes: object
  readonly #found: (message: string) => void
  /** Files that were deleted or replaced, as was told. */
  readonly #lost = new Set<string>()
  #failed = 0

  /** @param found told what somebody has done to the raw log */
  constructor(dir: string, sla: Sla, retention: Retention, found: (message: string) => void = () => {}) {
    this.#found = found
    this.#retention = retention
    this.#raw = new RawLog(dir, 'read')
    this.#file = join(dir, 'figures.db')
    this.#db = openFigures(this.#file)
    this.#inode = inodeOf(this.#file)
    this.#limits = slaLimits(sla)
    for (const row of this.#db.prepare('SELECT release, routes FROM releases').all())
      this.#limits.learn(String(row['release']), JSON.parse(String(row['routes'])))
    this.#figures = new Figures(this.#db, this.#limits, (day, raw, place) => this.#beaconAt(day, raw, place))
    this.#routes = sla.routes ?? {}
    this.#figures.holdSumsTo(JSON.stringify([this.#limits.of('', -1), this.#routes]))
    this.#findLost('')
  }

  /** Adds some. @returns whether there may be more */
  step(): boolean {
    const days = this.#raw.days()
    // As long as they are open they are right; the raw log, out of which they are made anew, does not reach back as far.
    if (inodeOf(this.#file) !== this.#inode)
      this.#tellLost(
        'figures.db',
        'figures.db was deleted or replaced. Until the next start figures are kept in no file; then they are made anew from the raw log, and what is older is lost.',
      )
    for (const day of days) {
      const rows = this.#rowsOf(day)
      if (rows.length === 0) continue
      const logged: LoggedBeacon[] = []
      for (const { id: raw, at, country, bot, body } of rows)
        for (const [place, beacon] of parse(body).entries()) logged.push({ beacon, at, country, bot, day, raw, place })
      this.#add(logged)
      return true
    }
    return false
  }

  /** What is in no figure yet. */
  #rowsOf(day: string): RawRow[] {
    const progress = this.#figures.progressOf(day)
    const rows = this.#raw.after(day, progress, CHUNK, CHUNK_BYTES)
    if (progress === 0) return rows
    // A file has no gaps, and what was read of it stays in it: this is another one.
    if (rows.length > 0 && rows[0]!.id !== progress + 1) this.#tellLostDay(day)
    if (rows.length > 0) return rows
    const { last } = this.#raw.ends(day)
    if (last === 0 || last >= progress || !this.#figures.beginAnew(day)) return rows
    this.#tellLostDay(day)
    return this.#raw.after(day, 0, CHUNK, CHUNK_BYTES)
  }

  /** Looks for days that were added to the figures and have no file any more. */
  #findLost(firstDay: string): void {
    const days = new Set(this.#raw.days())
    for (const day of this.#figures.days()) if (day >= firstDay && !days.has(day)) this.#tellLostDay(day)
  }

  #tellLost(file: string, message: string): void {
    if (this.#lost.has(file)) return
    this.#lost.add(file)
    this.#found(message)
  }

  #tellLostDay(day: string): void {
    this.#tellLost(
      day,
      `The raw file of ${day} was deleted or replaced. Beacons that were in no figure yet are lost with it; pages that spoke in it keep what they had said in the figures, and what arrives from now on is counted.`,
    )
  }

  /** Adds all. */
  roll(): void {
    while (this.step());
  }

  /** Adds up one span that was changed a while ago. */
  refresh(): void {
    this.#figures.refreshSums('when due')
  }

  /** Adds all, and adds all spans up: whoever asks then reads sums. */
  settle(): void {
    this.roll()
    while (this.#figures.refreshSums('once'));
  }

  putRelease({ release, at, routes, content }: StoredRelease): void {
    this.roll()
    this.#db
      .prepare('INSERT OR REPLACE INTO releases VALUES (?, ?, ?, ?)')
      .run(release, at, JSON.stringify(routes), Buffer.from(content))
    this.#figures.dimensions.learn(release, routes.length)
    this.#limits.learn(release, routes)
    if (Object.keys(this.#routes).length > 0) this.#figures.holdSumsOf(release)
  }

  /** Deletes what is older than it may be, and gives the space back. */
  sweep(now: number): void {
    this.roll()
    const { raw, hourly, daily } = this.#retention
    this.#findLost(dayOf(now - raw * DAY))
    this.#figures.dropPagesBefore(dayOf(now - 2 * DAY))
    for (const day of this.#raw.days()) if (day < dayOf(now - raw * DAY)) this.#raw.deleteDay(day)
    const [firstHour, firstDay] = [startOf(now - hourly * DAY, 1), startOf(now - daily * DAY, 24)]
    for (const table of ['cells', 'operation_cells']) {
      const remove = this.#db.prepare(`DELETE FROM ${table} WHERE level = ? AND start < ?`)
      remove.run(1, firstHour)
      remove.run(24, firstDay)
    }
    for (const table of ['cell_sums', 'operation_sums', 'unsummed']) {
      const remove = this.#db.prepare(`DELETE FROM ${table} WHERE level = ? AND kind = ? AND start < ?`)
      for (const kind of [...SUM_KINDS, PLACES]) {
        remove.run(1, kind, firstHour)
        remove.run(24, kind, firstDay)
      }
    }
    for (const table of ['objectives', 'objective_sums'])
      for (const slots of [1, 12])
        this.#db
          .prepare(`DELETE FROM ${table} WHERE slots = ? AND slot < ?`)
          .run(slots, Math.floor((now - 4 * DAY) / SLOT))
    for (const table of ['culprits', 'culprit_sums'])
      this.#db.prepare(`DELETE FROM ${table} WHERE start < ?`).run(startOf(now - hourly * DAY, 24))
    this.#db.prepare('DELETE FROM progress WHERE day < ?').run(dayOf(now - raw * DAY))
    this.#db.prepare('DELETE FROM releases WHERE at < ?').run(now - daily * DAY)
    this.#db.prepare('DELETE FROM seen WHERE last < ?').run(now - daily * DAY)
    this.#db.exec(UNUSED_DIMENSIONS)
    // Names that nothing is called any more make room for others.
    this.#db.exec('DELETE FROM names WHERE id NOT IN (SELECT DISTINCT name FROM operation_cells)')
    this.#figures.forget()
    this.#db.exec('PRAGMA incremental_vacuum')
    this.#db.exec('PRAGMA optimize')
  }

  statistics(): StoreStatistics {
    const behind = this.#raw.days().reduce((sum, day) => {
      const { first, last } = this.#raw.ends(day)
      return sum + Math.max(0, last - Math.max(this.#figures.progressOf(day), first - 1))
    }, 0)
    return { bytes: this.#raw.bytes(), behind, overflow: this.#figures.overflow + this.#failed }
  }

  close(): void {
    this.roll()
    this.#db.close()
    this.#raw.close()
  }

  #add(beacons: readonly LoggedBeacon[]): void {
    try {
      this.#figures.add(beacons)
    } catch (error) {
      // One beacon that cannot be counted must not keep all others out. A full disk does: they stay in the raw log.
      if ((error as { readonly errcode?: number }).errcode === SQLITE_FULL || this.#failed > 1000) throw error
      if (beacons.length > 1) for (const one of beacons) this.#add([one])
      else {
        this.#failed++
        this.#figures.skip(beacons[0]!)
      }
    }
  }

  #beaconAt(day: string, raw: number, place: number): Beacon | undefined {
    const body = this.#raw.body(day, raw)
    return body && parse(body)[place]
  }
}

const SQLITE_FULL = 13

/** Readers remember numbers: the last one stays, so that none is given out again. */
const UNUSED_DIMENSIONS = `
  DELETE FROM dims WHERE id < (SELECT max(id) FROM dims)
    AND NOT EXISTS (SELECT 1 FROM cells c WHERE c.level IN (1, 24) AND c.dims = dims.id)
    AND NOT EXISTS (SELECT 1 FROM operation_cells c WHERE c.level IN (1, 24) AND c.dims = dims.id)
    AND NOT EXISTS (SELECT 1 FROM objectives c WHERE c.slots IN (1, 12) AND c.dims = dims.id)
    AND NOT EXISTS (SELECT 1 FROM culprits c WHERE c.dims = dims.id);
  DELETE FROM sum_dims WHERE id < (SELECT max(id) FROM sum_dims) AND release NOT IN (SELECT release FROM dims);
`

/** What is in the log was checked before it came there. */
function parse(body: Uint8Array): readonly Beacon[] {
  const beacons = JSON.parse(decoder.decode(body)) as Beacon | readonly Beacon[]
  return Array.isArray(beacons) ? (beacons as readonly Beacon[]) : [beacons as Beacon]
}
