import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@clickhouse/client'
import type { ClickHouseClient } from '@clickhouse/client'
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { openSqliteStore } from '../sqlite/sqlite-store.ts'
import type { Store } from '../store/store.ts'
import { beacon, pageId, traffic } from '../testing/beacons.ts'
import { allFigures, deliver, describeStore, NOON } from '../testing/describe-store.ts'
import { distinct, lastWords, lossOf } from '../testing/naive-figures.ts'
import { openClickHouseStore } from './clickhouse-store.ts'

const RETENTION = { raw: 7, hourly: 30, daily: 400 }
const ALL = { from: NOON - 86_400_000, to: NOON + 86_400_000 }
const LOOK = { timeout: 20_000, interval: 20 }
const ends: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const end of ends.toReversed()) await end()
})

/** The package is 540 MB, so it is not installed with the rest: PACELINE_CHDB names the folder it was installed in. */
function findChdb(): string | undefined {
  const folder = process.env['PACELINE_CHDB']
  try {
    return createRequire(folder ? join(folder, 'package.json') : import.meta.url).resolve('chdb/connection')
  } catch {
    return undefined
  }
}

const chdb = findChdb()
let databases = 0
let shared: ClickHouseClient | undefined

/** chDB has one session in a process: each store gets a database of its own in it. */
async function clientOf(database: string): Promise<ClickHouseClient> {
  const { createChdbConnection } = (await import(chdb!)) as {
    createChdbConnection: (options: { readonly path: string }) => object
  }
  if (!shared) {
    const path = await mkdtemp(join(tmpdir(), 'paceline-chdb-'))
    shared = createClient({ connection: createChdbConnection({ path }) } as object)
    ends.push(async () => {
      await shared!.close()
      await rm(path, { recursive: true, force: true })
    })
  }
  await shared.command({ query: `CREATE DATABASE ${database}` })
  await shared.command({ query: `USE ${database}` })
  return new Proxy(shared, {
    get: (target, key) => (key === 'close' ? async () => {} : (Reflect.get(target, key) as unknown)),
  })
}

async function open(): Promise<Store> {
  const client = await clientOf(`store_${databases++}`)
  return openClickHouseStore({ client, sla: {}, retention: RETENTION })
}

/** Stores of two collectors on one database. */
async function openTwo(): Promise<readonly [Store, Store]> {
  const client = await clientOf(`store_${databases++}`)
  const options = { client, sla: {}, retention: RETENTION }
  const stores = [await openClickHouseStore(options), await openClickHouseStore(options)] as const
  for (const store of stores) ends.push(() => store.close())
  return stores
}

describe.skipIf(chdb === undefined)('on chDB', () => {
  describeStore('ClickHouse', open)

  it('gives the same figures as the SQLite store, bit for bit', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'paceline-both-'))
    const sqlite = await openSqliteStore({ dir, sla: {}, retention: { raw: 7, hourly: 30, daily: 400 } })
    ends.push(async () => {
      await sqlite.close()
      await rm(dir, { recursive: true, force: true })
    })
    const clickhouse = await open()
    const beacons = traffic(3000, 77)
    for (const store of [sqlite, clickhouse]) {
      for (let from = 0; from < beacons.length; from += 300)
        await store.append(beacons.slice(from, from + 300).map((one) => deliver(one, { at: NOON + from * 3000 })))
      await store.settle()
    }
    const filter = { from: NOON - 86_400_000, to: NOON + 86_400_000 }
    expect(await allFigures(clickhouse, filter)).toEqual(await allFigures(sqlite, filter))
  })

  it('adds up what several collectors were sent, and counts once what was sent to two of them', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const [one, other] = await openTwo()
    const beacons = traffic(300, 21)
    const half = (rest: number) => beacons.filter((_, index) => index % 2 === rest).map((said) => deliver(said))
    // What a page says goes to whichever of them is there; every fifth is sent again, to the other.
    await Promise.all([one.append(half(0)), other.append(half(1))])
    const again = beacons.filter((_, index) => index % 5 === 0).map((said) => deliver(said))
    await Promise.all([one.append(again), other.append(again)])
    const [group] = await one.cells(ALL, 'none')
    expect(await other.cells(ALL, 'none')).toEqual([group])
    const { opened, lost } = lossOf(beacons)
    expect(group!.cell).toMatchObject({
      pages: lastWords(beacons).length,
      beacons: distinct(beacons),
      opened,
      reported: opened - lost,
    })
    const said = lastWords(beacons).flatMap(({ operations = [] }) => operations)
    expect((await other.operations(ALL)).reduce((sum, { tally }) => sum + tally.n, 0)).toBe(said.length)

    // A release that one of them was told of is known to the other when it next looks.
    const release = { release: 'fedcba987654', at: NOON, routes: [{ id: '/' }], content: '{}' }
    await one.putRelease(release)
    expect(await other.release(release.release)).toEqual(release)
    let page = 9_000_000
    await vi.waitFor(async () => {
      vi.advanceTimersByTime(10_000)
      await other.append([deliver(beacon({ page: pageId(page++), release: release.release }))])
      const groups = await one.cells({ ...ALL, release: release.release, route: 0 }, 'none')
      expect(groups[0]?.cell.pages).toBeGreaterThan(0)
    }, LOOK)
  })
})

it('says that ClickHouse is gone, and goes on when it is back', async () => {
  // It has all tables, and no rows.
  const start = async (port: number): Promise<Server> => {
    const server = createServer((request, response) => request.resume().on('end', () => response.end()))
    await once(server.listen(port, '127.0.0.1'), 'listening')
    return server
  }
  let server = await start(0)
  const { port } = server.address() as AddressInfo
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await once(server.close(), 'close')
  }
  const store = await openClickHouseStore({ url: `http://127.0.0.1:${port}/default`, sla: {}, retention: RETENTION })
  try {
    expect(await store.check()).toBeUndefined()
    await stop()
    const problem = await store.check()
    expect(problem).toMatch(/ClickHouse does not answer as it should; received E\w+\./)
    expect(problem).not.toContain('127.0.0.1')
    server = await start(port)
    expect(await store.check()).toBeUndefined()
  } finally {
    await store.close()
    await stop()
  }
})

it('says in one sentence that nobody answers', async () => {
  const opening = openClickHouseStore({ url: 'http://127.0.0.1:9/default', sla: {}, retention: RETENTION })
  await expect(opening).rejects.toMatchObject({ code: 'PACELINE_COLLECTOR_CLICKHOUSE' })
})
