import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Dimensions } from '../cells/cell.ts'
import { Remembered } from './remembered.ts'

/** What is not told apart any more: releases and names beyond what is sane. Hexadecimal digits are never this. */
export const OTHER = 'other'

/** Releases of one day that may be told apart while none was pushed: anybody can invent one. */
const MOST_RELEASES = 64
/** New combinations of one day that may be told apart; beyond, the route and the country are left out. */
const MOST_DIMENSIONS = 10_000
const DAY = 86_400_000
const MOST_NAMES = 2000
const MOST_NAME_LENGTH = 200

/** Numbers for dimensions and names. What anybody may send must not grow without bound. */
export class DimensionTable {
  /** Values that were put into one bucket. */
  overflow = 0
  readonly #db: DatabaseSync
  readonly #select: StatementSync
  readonly #insert: StatementSync
  readonly #ids = new Remembered<string, number>()
  readonly #names = new Map<string, number>()
  readonly #releases = new Set<string>()
  /** The day that is counted, and what was new on it. */
  #day = 0
  #newReleases = 0
  #newDimensions = 0
  readonly #pushed = new Map<string, number>()

  constructor(db: DatabaseSync) {
    this.#db = db
    this.#select = db.prepare(
      'SELECT id FROM dims WHERE release = ? AND route = ? AND nav = ? AND device = ? AND country = ? AND bot = ?',
    )
    this.#insert = db.prepare(
      'INSERT INTO dims (release, route, nav, device, country, bot, first) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    this.read()
    for (const row of db.prepare('SELECT release, routes FROM releases').all())
      this.learn(String(row['release']), (JSON.parse(String(row['routes'])) as unknown[]).length)
  }

  /** Reads what is on disk, and forgets everything else: some may have been deleted, or never come there. */
  read(): void {
    this.#ids.clear()
    this.#names.clear()
    this.#releases.clear()
    for (const { release } of this.#db.prepare('SELECT DISTINCT release FROM dims').all())
      this.#releases.add(String(release))
    this.#readDay()
    for (const row of this.#db.prepare('SELECT id, kind, name FROM names').all())
      this.#names.set(`${String(row['kind'])} ${String(row['name'])}`, Number(row['id']))
  }

  /** From now on this release is known, and how many routes it has. */
  learn(release: string, routes: number): void {
    this.#pushed.set(release, routes)
  }

  /** Whether a release is told apart. */
  isKnown(release: string): boolean {
    return this.#releases.has(release)
  }

  /** @param at when it was first seen, for the order of releases */
  idOf(wanted: Dimensions, at: number): number {
    const known = this.#find(wanted)
    if (known !== undefined) return known
    const dims = this.#admit(wanted, at)
    const admitted = this.#find(dims)
    if (admitted !== undefined) return admitted
    const id = Number(this.#insert.run(...columnsOf(dims), at).lastInsertRowid)
    this.#ids.set(keyOf(dims), id)
    this.#count(dims.release, at)
    return id
  }

  #find(dims: Dimensions): number | undefined {
    const key = keyOf(dims)
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    const row = this.#select.get(...columnsOf(dims))
    if (!row) return undefined
    this.#ids.set(key, Number(row['id']))
    return Number(row['id'])
  }

  nameOf(kind: string, name: string): number {
    const key = `${kind} ${name}`
    const known = this.#names.get(key)
    if (known !== undefined) return known
    if (name !== OTHER && (this.#names.size >= MOST_NAMES || name.length > MOST_NAME_LENGTH)) {
      this.overflow++
      return this.nameOf(kind, OTHER)
    }
    const insert = this.#db.prepare('INSERT INTO names (kind, name) VALUES (?, ?)')
    const id = Number(insert.run(kind, name).lastInsertRowid)
    this.#names.set(key, id)
    return id
  }

  #count(release: string, at: number): void {
    this.#begin(at)
    this.#newDimensions++
    if (this.#releases.has(release)) return
    this.#releases.add(release)
    this.#newReleases++
  }

  /** What was new on the last day on which anything was. */
  #readDay(): void {
    const last = Number(this.#db.prepare('SELECT max(first) AS first FROM dims').get()?.['first'] ?? 0)
    this.#day = Math.floor(last / DAY)
    const count = (query: string): number => Number(this.#db.prepare(query).get(this.#day * DAY)?.['n'] ?? 0)
    this.#newDimensions = count('SELECT count(*) AS n FROM dims WHERE first >= ?')
    this.#newReleases = count('SELECT count(*) AS n FROM (SELECT 1 FROM dims GROUP BY release HAVING min(first) >= ?)')
  }

  #begin(at: number): void {
    const day = Math.floor(at / DAY)
    if (day <= this.#day) return
    this.#day = day
    this.#newReleases = 0
    this.#newDimensions = 0
  }

  #admit(wanted: Dimensions, at: number): Dimensions {
    this.#begin(at)
    let { release, route, country } = wanted
    const routes = this.#pushed.get(release)
    if (routes === undefined && !this.#isPlausible(release)) {
      this.overflow++
      release = OTHER
      route = -1
    }
    if (routes !== undefined && route >= routes) {
      this.overflow++
      route = -1
    }
    if (this.#newDimensions >= MOST_DIMENSIONS) {
      this.overflow++
      route = -1
      country = ''
    }
    return { ...wanted, release, route, country }
  }

  /** Once a release was pushed, only those that were pushed, or seen before, are told apart. */
  #isPlausible(release: string): boolean {
    return this.#releases.has(release) || (this.#pushed.size === 0 && this.#newReleases < MOST_RELEASES)
  }
}

export function dimensionsOf(row: Record<string, unknown>): Dimensions {
  return {
    release: String(row['release']),
    route: Number(row['route']),
    nav: String(row['nav']),
    device: String(row['device']),
    country: String(row['country']),
    bot: row['bot'] === 1,
  }
}

function columnsOf({ release, route, nav, device, country, bot }: Dimensions): (string | number)[] {
  return [release, route, nav, device, country, bot ? 1 : 0]
}

function keyOf({ release, route, nav, device, country, bot }: Dimensions): string {
  return `${release} ${route} ${nav} ${device} ${country} ${bot}`
}
