import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Beacon } from '@paceline/kit'
import { tallyOf } from '../cells/cell.ts'
import { BEACON_COUNTS, countsOf, measureOperation, measureVitals } from '../cells/measure-beacon.ts'
import { count } from '../cells/tally.ts'
import type { SlaLimits } from '../sla/judge-limits.ts'
import { CellTable, startOf } from './cell-table.ts'
import { CountTable } from './count-table.ts'
import { DimensionTable } from './dimension-table.ts'
import { PageTable, pageKey } from './page-table.ts'
import type { PageState } from './page-table.ts'
import { dayOf } from './raw-log.ts'
import { StaleSpans } from './stale-spans.ts'
import { SumDimensionTable } from './sum-dimensions.ts'
import { SumTable } from './sum-table.ts'

/** A beacon in the raw log. */
export interface LoggedBeacon {
  readonly beacon: Beacon
  readonly at: number
  readonly country: string
  readonly bot: boolean
  readonly day: string
  /** Row, and place in the body of that row. */
  readonly raw: number
  readonly place: number
}

/** Finds the beacon at a place of the raw log again. */
export type FindBeacon = (day: string, raw: number, place: number) => Beacon | undefined

/** Sequence numbers of which a bit says that they arrived: those of a number are exact up to 2 ** 53. */
const MOST_BITS = 48

/**
 * Adds beacons to the figures. Of each page the beacon with the highest number counts: what an earlier one said is taken back exactly, which
 * counters and logarithmic buckets allow. The figures and how far in the raw log they are change in one transaction: after a crash they go on
 * from where they were.
 */
export class Figures {
  readonly #db: DatabaseSync
  readonly #limits: SlaLimits
  readonly #find: FindBeacon
  readonly dimensions: DimensionTable
  readonly #pages: PageTable
  readonly #cells: CellTable
  readonly #counts: CountTable
  readonly #sumIds: SumDimensionTable
  readonly #sums: SumTable
  readonly #stale: StaleSpans
  readonly #progress: StatementSync
  readonly #saw: StatementSync

  constructor(db: DatabaseSync, limits: SlaLimits, find: FindBeacon) {
    this.#db = db
    this.#limits = limits
    this.#find = find
    this.dimensions = new DimensionTable(db)
    this.#pages = new PageTable(db)
    this.#cells = new CellTable(db)
    this.#sumIds = new SumDimensionTable(db)
    this.#counts = new CountTable(db, this.#sumIds)
    this.#sums = new SumTable(db, limits, this.#sumIds)
    this.#stale = new StaleSpans(db, () => performance.now())
    this.#progress = db.prepare('INSERT OR REPLACE INTO progress VALUES (?, ?)')
    this.#saw = db.prepare(
      'INSERT INTO seen VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)',
    )
  }

  /** How far in the raw log of a day the figures are. */
  progressOf(day: string): number {
    return Number(this.#db.prepare('SELECT raw FROM progress WHERE day = ?').get(day)?.['raw'] ?? 0)
  }

  /** Days of the raw log that are in the figures, whole or in part. */
  days(): string[] {
    return this.#db
      .prepare('SELECT day FROM progress WHERE raw > 0 ORDER BY day')
      .all()
      .map(({ day }) => String(day))
  }

  /**
   * The raw log of a day is another one, whose ids have begun again: all of it is given again. What is in the figures already is known by its page, as long as
   * pages of that day are.
   *
   * @returns whether they are
   */
  beginAnew(day: string): boolean {
    const oldest = this.#db.prepare('SELECT min(day) AS day FROM page_days').get()?.['day'] ?? null
    if (oldest === null || day < String(oldest)) return false
    this.#progress.run(day, 0)
    return true
  }

  get overflow(): number {
    return this.dimensions.overflow + this.#counts.overflow
  }

  /** In the order of the raw log; what is in the figures already must not be given again. */
  add(beacons: readonly LoggedBeacon[]): void {
    const progress = new Map<string, number>()
    const seen = new Map<string, { first: number; last: number }>()
    this.#db.exec('BEGIN IMMEDIATE')
    try {
      for (const logged of beacons) {
        this.#addOne(logged)
        progress.set(logged.day, logged.raw)
        const { release } = logged.beacon
        const span = seen.get(release) ?? { first: logged.at, last: logged.at }
        span.last = Math.max(span.last, logged.at)
        seen.set(release, span)
      }
      for (const [level, start] of this.#cells.flush()) this.#stale.mark(level, start)
      this.#counts.flush()
      for (const [day, raw] of progress) this.#progress.run(day, raw)
      for (const [release, { first, last }] of seen)
        if (this.dimensions.isKnown(release)) this.#saw.run(release, first, last)
      this.#db.exec('COMMIT')
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
      this.#forgetUnwritten()
      throw error
    }
  }

  /** Adds up one span that was changed, if one is due. @returns whether there was one */
  refreshSums(at: 'when due' | 'once'): boolean {
    const span = this.#stale.take(at)
    if (!span) return false
    try {
      this.#sums.refresh(span.level, span.start)
    } catch (error) {
      // It is stale as before: its turn comes again.
      this.#stale.wait(span.level, span.start)
      throw error
    }
    return true
  }

  /** Sums hold what was counted against the limits in force: with others they are made anew. @param limits as text */
  holdSumsTo(limits: string): void {
    const known = this.#db.prepare("SELECT value FROM settings WHERE name = 'limits'").get()?.['value']
    if (known === limits) return
    this.#db.exec('BEGIN IMMEDIATE')
    // Without a word of limits these are figures of layout 1.
    if (known === undefined) this.#counts.sumObjectives(this.#db)
    this.#stale.markAll(0)
    this.#db.prepare("INSERT OR REPLACE INTO settings VALUES ('limits', ?)").run(limits)
    this.#db.exec('COMMIT')
  }

  /** The limits of a release have become known: what it was counted in before is added up anew. */
  holdSumsOf(release: string): void {
    const first = this.#db.prepare('SELECT first FROM seen WHERE release = ?').get(release)?.['first']
    if (first !== undefined) this.#stale.markAll(startOf(Number(first), 24))
  }

  /** Goes on after one that cannot be counted. */
  skip({ day, raw }: LoggedBeacon): void {
    this.#progress.run(day, raw)
  }

  /** Rows were deleted: what is in memory may not be on disk any more. */
  forget(): void {
    this.#cells.forget()
    this.#sumIds.forget()
    this.dimensions.read()
  }

  /** A transaction has failed: numbers that it gave out are not on disk, nor are tables that it made. */
  #forgetUnwritten(): void {
    this.#cells.forget()
    this.#counts.forget()
    this.#sumIds.forget()
    this.dimensions.read()
    this.#pages.read()
  }

  dropPagesBefore(day: string): void {
    this.#pages.dropBefore(day)
  }

  #addOne(logged: LoggedBeacon): void {
    const { beacon, at, country, bot, day, raw, place } = logged
    const { release, route, nav, device, seq } = beacon
    const page = pageKey(beacon.page)
    const known = this.#pages.find(page, at)
    const bit = seq < MOST_BITS ? 2 ** seq : 0
    if (known && (seq === known.seq || (bit > 0 && Math.floor(known.seen / bit) % 2 === 1))) return
    const dims = this.dimensions.idOf({ release, route, nav, device, country, bot }, at)
    const state: PageState = known
      ? { ...known }
      : { dims, first: at, seq, seen: 0, beacons: 0, opened: false, updated: false, content: false, day, raw, place }
    if (known) this.#countPage(known, -1)
    state.seen += bit
    state.beacons++
    state.opened ||= beacon.type === 'opened'
    state.updated ||= beacon.type === 'update'
    if (this.#isNews(logged, known)) {
      Object.assign(state, { dims, seq, day, raw, place, content: hasContent(beacon) })
      this.#countContent(state, beacon, 1)
    }
    this.#countPage(state, 1)
    this.#pages.save(page, dayOf(state.first), state)
  }

  /**
   * Whether a beacon says what its page comes to, and then takes back what that said before. Where the raw log does not have it any more, because somebody deleted
   * the file, that cannot be taken back: it stays, rather than that the page counts twice.
   */
  #isNews({ beacon }: LoggedBeacon, known: PageState | undefined): boolean {
    if (!known) return true
    if (beacon.seq < known.seq) return false
    if (!known.content) return true
    const former = this.#find(known.day, known.raw, known.place)
    // A page may write its id in capitals.
    const isFormer = former?.page.toLowerCase() === beacon.page.toLowerCase() && former.seq === known.seq
    if (!isFormer) return false
    this.#countContent(known, former, -1)
    return true
  }

  #countPage({ dims, first, beacons, opened, updated }: PageState, sign: 1 | -1): void {
    for (const cell of this.#cells.cells(first, dims)) {
      cell.pages += sign
      cell.beacons += sign * beacons
      if (opened) cell.opened += sign
      if (opened && updated) cell.reported += sign
    }
    if (opened) this.#counts.objective(first, dims, 'opened', sign, updated ? 0 : sign)
  }

  #countContent({ dims, first }: PageState, beacon: Beacon, sign: 1 | -1): void {
    const limits = this.#limits.of(beacon.release, beacon.route)
    const cells = this.#cells.cells(first, dims)
    const counts = countsOf(beacon)
    // Most are nothing: it takes longer to add them than all else of a beacon.
    for (const name of BEACON_COUNTS)
      if (counts[name] !== 0) for (const cell of cells) cell[name] = bounded(cell[name] + sign * counts[name])
    for (const { name, measured } of measureVitals(beacon, limits)) {
      for (const cell of cells) count(tallyOf(cell.vitals, name), measured, sign)
      if (!Number.isNaN(measured.limit)) this.#counts.objective(first, dims, name, sign, measured.kept ? 0 : sign)
    }
    for (const operation of beacon.operations ?? []) {
      const measured = measureOperation(operation, limits)
      const name = this.dimensions.nameOf(operation.kind, operation.name)
      for (const tally of this.#cells.operations(first, dims, name)) count(tally, measured, sign)
      this.#counts.objective(first, dims, 'operations', sign, measured.kept ? 0 : sign)
    }
    for (const { metric, file, char, ms, target = '' } of beacon.culprits ?? [])
      this.#counts.culprit([startOf(first, 24), dims, metric, file, char], sign, sign * ms, target)
  }
}

function hasContent({
  metrics,
  operations,
  culprits,
  bytes,
  errors,
  caches,
  sampleRate,
  operationsTotal = 0,
}: Beacon): boolean {
  const isMore = sampleRate < 1 || operationsTotal > 0
  return isMore || [metrics, operations, culprits, bytes, errors, caches].some((part) => part !== undefined)
}

/** Forged beacons can say anything, any number of times: then a sum stands still, and what comes after it is counted all the same. */
function bounded(sum: number): number {
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, sum))
}
