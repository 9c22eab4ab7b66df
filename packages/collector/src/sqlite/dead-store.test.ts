import { mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Worker } from 'node:worker_threads'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { beacon, pageId } from '../testing/beacons.ts'
import { deliver, NOON } from '../testing/describe-store.ts'
import { runCollector } from '../testing/run-collector.ts'
import { openSqliteStore } from './sqlite-store.ts'

const ROLES = ['writer', 'roller', 'reader'] as const
const ALL = { from: NOON - 86_400_000, to: NOON + 86_400_000 }
const ALIVE = { timeout: 20_000, interval: 50 }

/** The threads that `make` starts, in order: writer, roller, reader. */
async function withThreads<Made>(make: () => Promise<Made>): Promise<{ made: Made; threads: Worker[] }> {
  const threads: Worker[] = []
  const listener = (worker: Worker): void => void threads.push(worker)
  process.on('worker', listener)
  try {
    return { made: await make(), threads }
  } finally {
    process.off('worker', listener)
  }
}

async function openStore() {
  const dir = await mkdtemp(join(tmpdir(), 'paceline-dead-'))
  const open = () => openSqliteStore({ dir, sla: {}, retention: { raw: 7, hourly: 30, daily: 400 } })
  const { made: store, threads } = await withThreads(open)
  onTestFinished(async () => {
    await store.close()
    await rm(dir, { recursive: true, force: true })
  })
  return { store, threads, dir }
}

describe('a SQLite store of which a part is gone', () => {
  it.each(ROLES)('says that its %s has died, starts it anew, and has lost nothing', async (role) => {
    const { store, threads } = await openStore()
    const shown: unknown[] = []
    store.watch((arrived) => shown.push(...arrived))
    await store.append([deliver(beacon({ page: pageId(1) }))])
    await vi.waitFor(() => expect(shown).toHaveLength(1), ALIVE)
    expect(await store.check()).toBeUndefined()
    await threads[ROLES.indexOf(role)]!.terminate()
    expect(await store.check()).toBe(`Threads of the store have ended: ${role}.`)
    await vi.waitFor(async () => expect(await store.check()).toBeUndefined(), ALIVE)
    await store.append([deliver(beacon({ page: pageId(2) }))])
    await store.settle()
    expect((await store.cells(ALL, 'none'))[0]?.cell.pages).toBe(2)
    expect(shown).toHaveLength(2)
  })

  it('takes nothing while its directory is away, and goes on when it is back', async () => {
    const { store, dir } = await openStore()
    await store.append([deliver(beacon({ page: pageId(1) }), { at: Date.now() })])
    await rename(dir, `${dir}-away`)
    const problem = await store.check()
    expect(problem).toContain('was taken away')
    expect(problem).not.toContain(dir)
    await expect(store.append([deliver(beacon({ page: pageId(2) }), { at: Date.now() })])).rejects.toThrow('taken away')
    await rename(`${dir}-away`, dir)
    expect(await store.check()).toBeUndefined()
    const receipt = await store.append([deliver(beacon({ page: pageId(2) }), { at: Date.now() })])
    expect(receipt.verdicts).toEqual(['stored'])
  })
})

it('lets go of its directory when the figures cannot be finished, says so, and finishes them later', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'paceline-dead-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  const open = () => openSqliteStore({ dir, sla: {}, retention: { raw: 7, hourly: 30, daily: 400 } })
  const store = await open()
  const disk = new DatabaseSync(join(dir, 'figures.db'), { timeout: 5000 })
  disk.exec("CREATE TRIGGER full BEFORE INSERT ON progress BEGIN SELECT RAISE(ABORT, 'no space'); END")
  await store.append([deliver(beacon())])
  await expect(store.close()).rejects.toThrow('no space')
  expect(await readdir(dir)).not.toContain('collector.lock')
  disk.exec('DROP TRIGGER full')
  disk.close()
  const again = await open()
  await again.settle()
  expect((await again.cells(ALL, 'none'))[0]?.cell.pages).toBe(1)
  await again.close()
})

it('says why beacons do not come into the figures, once, and when they do again', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'paceline-dead-'))
  const told: unknown[] = []
  const trouble = (message: string | undefined): void => void told.push(message)
  const store = await openSqliteStore({ dir, sla: {}, retention: { raw: 7, hourly: 30, daily: 400 }, trouble })
  const disk = new DatabaseSync(join(dir, 'figures.db'), { timeout: 5000 })
  onTestFinished(async () => {
    disk.close()
    await store.close()
    await rm(dir, { recursive: true, force: true })
  })
  disk.exec("CREATE TRIGGER full BEFORE INSERT ON progress BEGIN SELECT RAISE(ABORT, 'no space'); END")
  await store.append([deliver(beacon())])
  await vi.waitFor(() => expect(told).toEqual(['no space']), ALIVE)
  disk.exec('DROP TRIGGER full')
  await vi.waitFor(() => expect(told).toEqual(['no space', undefined]), ALIVE)
  await store.settle()
  expect((await store.cells(ALL, 'none'))[0]?.cell.pages).toBe(1)
})

describe('/health/ready', () => {
  it('is 503 with the reason while the store cannot take beacons, and 200 when it can again', async () => {
    const { made, threads } = await withThreads(() => runCollector({ token: 'a token of some length' }))
    const { get, post, dir } = made
    const ready = async (): Promise<unknown> => {
      const response = await get('/health/ready')
      return [response.status, await response.json()]
    }
    expect(await ready()).toEqual([200, { status: 'ready' }])
    await threads[0]!.terminate()
    await vi.waitFor(
      async () =>
        expect(await ready()).toEqual([
          503,
          { status: 'not ready', reason: 'Threads of the store have ended: writer.' },
        ]),
      ALIVE,
    )
    expect(await get('/health/live').then(({ status }) => status)).toBe(200)
    await vi.waitFor(async () => expect(await ready()).toEqual([200, { status: 'ready' }]), ALIVE)
    expect((await post(beacon())).status).toBe(204)
    await rename(dir, `${dir}-away`)
    onTestFinished(() => rm(`${dir}-away`, { recursive: true, force: true }))
    await vi.waitFor(async () => expect(await ready()).toMatchObject([503, {}]), ALIVE)
    expect((await post(beacon({ page: pageId(2) }))).status).toBe(503)
    await rename(`${dir}-away`, dir)
    await vi.waitFor(async () => expect(await ready()).toEqual([200, { status: 'ready' }]), ALIVE)
    expect((await post(beacon({ page: pageId(2) }))).status).toBe(204)
  })
})
