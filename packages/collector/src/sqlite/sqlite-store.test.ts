import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import type { Store } from '../store/store.ts'
import { beacon, pageId, traffic } from '../testing/beacons.ts'
import { allFigures, deliver, describeStore, NOON } from '../testing/describe-store.ts'
import { QUERIES } from './queries.ts'
import { spans } from './reader.ts'
import { openSqliteStore } from './sqlite-store.ts'
import { RawWriter } from './raw-writer.ts'
import { Roller } from './roller.ts'

const RETENTION = { raw: 7, hourly: 30, daily: 400 }
const DAY = 86_400_000
const ends: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const end of ends.toReversed()) await end()
})

async function temporary(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'paceline-store-'))
  ends.push(() => rm(dir, { recursive: true, force: true }))
  return dir
}

async function open(dir?: string): Promise<Store> {
  const store = await openSqliteStore({ dir: dir ?? (await temporary()), sla: {}, retention: RETENTION })
  ends.push(() => store.close())
  return store
}

describeStore('SQLite', () => open())

describe('the SQLite store', () => {
  it('leaves figures of another version alone, and says so', async () => {
    const dir = await temporary()
    await (await openSqliteStore({ dir, sla: {}, retention: RETENTION })).close()
    const figures = new DatabaseSync(join(dir, 'figures.db'))
    figures.exec('PRAGMA user_version = 7')
    figures.close()
    await expect(open(dir)).rejects.toMatchObject({
      code: 'PACELINE_COLLECTOR_STORE',
      message: expect.stringContaining('figures in layout 7, of another version of the collector'),
    })
  })

  it('adds to the figures what was on disk when it was killed', async () => {
    const beacons = traffic(600, 3)
    const whole = await temporary()
    const cut = await temporary()
    for (const dir of [whole, cut]) {
      const writer = new RawWriter(dir)
      const roller = new Roller(dir, {}, RETENTION)
      writer.append(beacons.slice(0, 300).map((one) => deliver(one)))
      roller.roll()
      writer.append(beacons.slice(300).map((one) => deliver(one)))
      if (dir === whole) {
        roller.close()
        writer.close()
      }
      // Else nothing is finished, as in a crash. Locks go with the process, which is this one.
    }
    const filter = { from: NOON - DAY, to: NOON + DAY }
    expect(await allFigures(await open(cut), filter)).toEqual(await allFigures(await open(whole), filter))
  })

  it('adds to the figures what it could not write for a while', async () => {
    const beacons = traffic(200, 3)
    const whole = await temporary()
    const full = await temporary()
    for (const dir of [whole, full]) {
      const writer = new RawWriter(dir)
      const roller = new Roller(dir, {}, RETENTION)
      writer.append(beacons.map((one) => deliver(one)))
      if (dir === full) {
        // What a full disk does: all of the transaction is taken back, tables that it made and numbers that it gave out.
        const disk = new DatabaseSync(join(dir, 'figures.db'))
        disk.exec("CREATE TRIGGER full BEFORE INSERT ON progress BEGIN SELECT RAISE(ABORT, 'no space'); END")
        expect(() => roller.step()).toThrow('no space')
        disk.exec('DROP TRIGGER full')
        disk.close()
      }
      roller.close()
      writer.close()
    }
    const filter = { from: NOON - DAY, to: NOON + DAY }
    expect(await allFigures(await open(full), filter)).toEqual(await allFigures(await open(whole), filter))
  })

  it('adds a few at a time where bodies are as large as they may be', async () => {
    const dir = await temporary()
    const writer = new RawWriter(dir)
    const roller = new Roller(dir, {}, RETENTION)
    const place = (char: number) => ({ metric: 'inp', file: 'a'.repeat(280), char, ms: 1 })
    const pageOf = (index: number) =>
      beacon({ page: pageId(index), culprits: Array.from({ length: 150 }, (_, char) => place(char)) })
    const bodies = Array.from({ length: 200 }, (_, index) => deliver(pageOf(index)))
    const bytes = bodies.reduce((sum, { body }) => sum + body.length, 0)
    writer.append(bodies)
    let steps = 0
    while (roller.step()) steps++
    expect(steps).toBe(Math.ceil(bytes / (4 * 1024 * 1024)))
    expect(steps).toBeGreaterThan(2)
    roller.close()
    writer.close()
    const [group] = await (await open(dir)).cells({ from: NOON - DAY, to: NOON + DAY }, 'none')
    expect(group!.cell.pages).toBe(200)
  })

  it('answers every query by an index', async () => {
    const dir = await temporary()
    const store = await open(dir)
    await store.append(traffic(200, 1).map((one) => deliver(one)))
    await store.settle()
    const db = new DatabaseSync(join(dir, 'figures.db'), { readOnly: true })
    const queries = Object.values(QUERIES).flatMap((one) => (typeof one === 'string' ? one : Object.values(one)))
    expect(queries.length).toBeGreaterThan(10)
    const plans = queries.map((query) => JSON.stringify(db.prepare(`EXPLAIN QUERY PLAN ${query}`).all()))
    // What is about two dimensions looks for them, not through all cells of its days.
    for (const index of ['cells_by_dims', 'operation_cells_by_dims', 'objectives_by_dims', 'culprits_by_dims'])
      expect(plans.filter((plan) => plan.includes(`INDEX ${index} `)).length).toBe(1)
    for (const query of [...queries, 'SELECT * FROM pages_20261120 WHERE page = ?']) {
      const plan = db.prepare(`EXPLAIN QUERY PLAN ${query}`).all()
      // The list of routes that are wanted comes with the question; of what is stored all is searched.
      const details = plan
        .map(({ detail }) => String(detail))
        .filter((one) => !one.startsWith('SCAN json_each VIRTUAL'))
      expect(details[0]).toMatch(/^SEARCH \w+ USING/)
      expect(details.join('\n')).not.toContain('SCAN')
    }
    db.close()
  })

  it('reads whole days by day and the rest by hour', () => {
    const at = (day: number, hour: number): number => Date.UTC(2026, 10, day, hour)
    expect(spans({ from: at(20, 22), to: at(23, 3) }).map(({ level, from, to }) => [level, to - from])).toEqual([
      [24, 48],
      [1, 2],
      [1, 3],
    ])
    expect(spans({ from: at(20, 5), to: at(21, 4) }).map(({ level, from, to }) => [level, to - from])).toEqual([
      [1, 23],
    ])
  })

  it('deletes what is too old, and gives the space back', async () => {
    const dir = await temporary()
    const writer = new RawWriter(dir)
    const roller = new Roller(dir, {}, RETENTION)
    for (let day = 0; day < 10; day++)
      writer.append(traffic(400, day + 1).map((one) => deliver(one, { at: NOON - day * DAY })))
    roller.roll()
    const before = roller.statistics().bytes
    roller.sweep(NOON + 5 * DAY)
    expect(roller.statistics().bytes).toBeLessThan(before)
    roller.sweep(NOON + 500 * DAY)
    roller.close()
    writer.close()
    const store = await open(dir)
    expect(await store.cells({ from: 0, to: NOON + 500 * DAY }, 'none')).toEqual([])
    // All but the last, whose number shall not be given out again.
    const figures = new DatabaseSync(join(dir, 'figures.db'), { readOnly: true })
    expect(figures.prepare('SELECT count(*) AS n FROM dims').get()).toEqual({ n: 1 })
    figures.close()
    // Who comes back then is counted as before.
    await store.append(traffic(100, 1).map((one) => deliver(one, { at: NOON + 500 * DAY })))
    await store.settle()
    const [group] = await store.cells({ from: NOON + 499 * DAY, to: NOON + 501 * DAY }, 'none')
    expect(group!.cell.pages).toBe(new Set(traffic(100, 1).map(({ page }) => page)).size)
  })

  it('is refused where another process has it, or where nothing can be written', async () => {
    const dir = await temporary()
    await rm(join(dir, 'collector.lock'), { force: true })
    const { writeFile } = await import('node:fs/promises')
    await writeFile(join(dir, 'collector.lock'), '1')
    await expect(open(dir)).rejects.toMatchObject({ code: 'PACELINE_COLLECTOR_IN_USE' })
    await expect(open('/dev/null/beacons')).rejects.toMatchObject({ code: 'PACELINE_COLLECTOR_STORE' })
  })

  it('tells a bounded number of releases, routes and names apart', async () => {
    const store = await open()
    const bombs = Array.from({ length: 3000 }, (_, index) =>
      beacon({
        page: pageId(index),
        release: index.toString(16).padStart(12, '0'),
        route: index,
        operations: [{ name: `operation ${index}`, kind: 'operation', ms: 5, ok: true }],
      }),
    )
    await store.append(bombs.map((one) => deliver(one)))
    await store.settle()
    const filter = { from: NOON - DAY, to: NOON + DAY }
    const releases = await store.cells(filter, 'release')
    expect(releases).toHaveLength(65)
    expect(releases.reduce((sum, { cell }) => sum + cell.pages, 0)).toBe(3000)
    expect(await store.operations(filter)).toHaveLength(2001)
    expect((await store.statistics()).overflow).toBeGreaterThan(3000)
  })

  it('shows what arrives while somebody watches', async () => {
    const store = await open()
    const shown: unknown[] = []
    const stop = store.watch((arrived) => shown.push(...arrived))
    await store.append([deliver(beacon())])
    await store.settle()
    stop()
    await store.append([deliver(beacon({ page: pageId(2) }))])
    await store.settle()
    expect(shown).toEqual([{ at: NOON, bot: false, country: '', beacon: beacon() }])
  })
})
