import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bucketOf } from '../sketch/buckets.ts'
import { runCollector } from '../testing/run-collector.ts'
import type { Store } from '../store/store.ts'
import { beacon, pageId } from '../testing/beacons.ts'
import { deliver, NOON } from '../testing/describe-store.ts'
import { openSqliteStore } from './sqlite-store.ts'

const DAY = '2026-11-20'
const ALL = { from: NOON - 86_400_000, to: NOON + 86_400_000 }
const SECOND = 1000

async function directory(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'paceline-lost-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

async function open(dir: string, told: string[] = []): Promise<Store> {
  const found = (message: string): void => void told.push(message)
  const store = await openSqliteStore({ dir, sla: {}, retention: { raw: 7, hourly: 30, daily: 400 }, found })
  onTestFinished(() => store.close().catch(() => {}))
  return store
}

/** @param suffixes of the files of the day that somebody deletes */
async function deleteDay(dir: string, suffixes: readonly string[]): Promise<void> {
  for (const suffix of suffixes) await rm(join(dir, `raw-${DAY}.db${suffix}`), { force: true })
}

/** Pages that say something, and each of them once more what it says then. */
async function send(store: Store, numbers: readonly number[], at: number, seq = 0): Promise<void> {
  const lcp = 1000 + 1000 * seq
  const deliveries = numbers.map((page) => deliver(beacon({ page: pageId(page), seq, metrics: { lcp } }), { at }))
  expect((await store.append(deliveries)).verdicts).toEqual(numbers.map(() => 'stored'))
}

async function counted(store: Store) {
  await store.settle()
  const [group] = await store.cells(ALL, 'none')
  return { pages: group?.cell.pages, beacons: group?.cell.beacons, lcp: group?.cell.vitals.get('lcp')?.n }
}

const WHOLE = ['', '-wal', '-shm']

describe.each([
  ['all files of a day', WHOLE],
  ['the file of a day without its log', ['']],
])('a SQLite store of which somebody deletes %s', (_title, suffixes) => {
  it('counts what arrives after that once, while it runs, and says what it found', async () => {
    const dir = await directory()
    const told: string[] = []
    const store = await open(dir, told)
    await send(store, [1, 2, 3, 4], NOON)
    expect(await counted(store)).toEqual({ pages: 4, beacons: 4, lcp: 4 })
    await deleteDay(dir, suffixes)
    // What arrived before arrives again, pages that spoke before speak again, and others come.
    await send(store, [1, 2], NOON + SECOND)
    await send(store, [1], NOON + 2 * SECOND, 1)
    await send(store, [5, 6], NOON + 3 * SECOND)
    expect(await counted(store)).toEqual({ pages: 6, beacons: 7, lcp: 6 })
    expect(await store.check()).toBeUndefined()
    expect(await readdir(dir)).toContain(`raw-${DAY}.db`)
    expect(told).toEqual([expect.stringContaining(DAY)])
    expect((await store.statistics()).behind).toBe(0)
    await send(store, [5], NOON + 4 * SECOND, 1)
    expect(await counted(store)).toEqual({ pages: 6, beacons: 8, lcp: 6 })
    await store.close()
    const again = await open(dir, told)
    await send(again, [7], NOON + 5 * SECOND)
    expect(await counted(again)).toEqual({ pages: 7, beacons: 9, lcp: 7 })
    expect(told).toHaveLength(1)
  })

  it('counts what arrives after that once, when it is opened again, and says what it found', async () => {
    const dir = await directory()
    const first = await open(dir)
    await send(first, [1, 2, 3, 4], NOON)
    await first.close()
    await deleteDay(dir, suffixes)
    const told: string[] = []
    const store = await open(dir, told)
    await send(store, [1], NOON + SECOND, 1)
    await send(store, [5, 6], NOON + 2 * SECOND)
    expect(await counted(store)).toEqual({ pages: 6, beacons: 7, lcp: 6 })
    expect(told).toEqual([expect.stringContaining(DAY)])
    expect((await store.statistics()).behind).toBe(0)
  })
})

it('says that its figures were deleted, once, and makes them anew from the raw log when it is opened again', async () => {
  const dir = await directory()
  const told: string[] = []
  const first = await open(dir, told)
  await send(first, [1, 2, 3], NOON)
  await first.settle()
  for (const suffix of WHOLE) await rm(join(dir, `figures.db${suffix}`), { force: true })
  await send(first, [4], NOON + SECOND)
  expect((await counted(first)).pages).toBe(4)
  expect(told).toEqual([expect.stringContaining('figures.db was deleted')])
  await first.close()
  expect(await counted(await open(dir, told))).toEqual({ pages: 4, beacons: 4, lcp: 4 })
  expect(told).toHaveLength(1)
})

it('counts what a version before wrote into a file whose numbers had begun again', async () => {
  const dir = await directory()
  const first = await open(dir)
  await send(first, [1, 2, 3, 4], NOON)
  await first.close()
  const figures = new DatabaseSync(join(dir, 'figures.db'))
  figures.exec(`UPDATE progress SET raw = 4; UPDATE pages_${DAY.replaceAll('-', '')} SET raw = 1`)
  figures.close()
  await deleteDay(dir, WHOLE)
  const raw = new DatabaseSync(join(dir, `raw-${DAY}.db`))
  raw.exec(
    'CREATE TABLE raw (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, country TEXT NOT NULL, bot INTEGER NOT NULL, body BLOB NOT NULL) STRICT',
  )
  const body = Buffer.from(JSON.stringify(beacon({ page: pageId(5), metrics: { lcp: 9000 } })))
  raw.prepare("INSERT INTO raw (at, country, bot, body) VALUES (?, '', 0, ?)").run(NOON + SECOND, body)
  raw.close()
  const told: string[] = []
  const store = await open(dir, told)
  expect(await counted(store)).toEqual({ pages: 5, beacons: 5, lcp: 5 })
  // The first row of that file is not what these pages have said.
  await send(store, [1, 2, 3], NOON + 2 * SECOND, 1)
  await send(store, [6], NOON + 3 * SECOND)
  expect(await counted(store)).toEqual({ pages: 6, beacons: 9, lcp: 6 })
  expect(told).toEqual([expect.stringContaining(DAY)])
})

it('is told in the log, and beacons are taken all the time', async () => {
  const entries: string[] = []
  const { dir, post, get, collector } = await runCollector({ log: (entry) => void entries.push(entry) })
  expect((await post(beacon())).status).toBe(204)
  await collector.settle()
  for (const name of await readdir(dir)) if (name.startsWith('raw-')) await rm(join(dir, name))
  expect((await post(beacon({ page: pageId(2) }))).status).toBe(204)
  expect((await get('/health/ready')).status).toBe(200)
  await collector.settle()
  expect(entries.map((entry) => JSON.parse(entry)).filter(({ event }) => event === 'lost')).toEqual([
    expect.objectContaining({ reason: expect.stringContaining('was deleted') }),
  ])
})

it('takes back what a page said that writes its id in other letters', async () => {
  const store = await open(await directory())
  const page = 'abcdefab-0000-4000-8000-000000000001'
  const said = (seq: number, id: string) => [deliver(beacon({ page: id, seq, metrics: { lcp: 1000 * seq } }))]
  await store.append(said(1, page))
  await store.append(said(2, page.toUpperCase()))
  await store.settle()
  const [group] = await store.cells(ALL, 'none')
  expect([...group!.cell.vitals.get('lcp')!.buckets.keys()]).toEqual([bucketOf(2000)])
})
