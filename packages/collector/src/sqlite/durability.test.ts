import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { beacon, pageId } from '../testing/beacons.ts'
import { deliver, NOON } from '../testing/describe-store.ts'
import { RawWriter } from './raw-writer.ts'
import { Roller } from './roller.ts'

const DAY = 86_400_000
/** As SQLite numbers them: https://sqlite.org/pragma.html#pragma_synchronous */
const NORMAL = 1
const FULL = 2

/** The connections that are opened and written to from here on. Both settings are read from them: `synchronous` is one of a connection, and no file has it. */
function connections(): () => { readonly file: string; readonly mode: unknown; readonly synchronous: unknown }[] {
  const spies = [vi.spyOn(DatabaseSync.prototype, 'exec'), vi.spyOn(DatabaseSync.prototype, 'prepare')]
  onTestFinished(() => spies.forEach((spy) => spy.mockRestore()))
  return () => {
    const open = new Set(spies.flatMap((spy) => spy.mock.contexts as DatabaseSync[]).filter(({ isOpen }) => isOpen))
    return [...open].map((db) => ({
      file: basename(db.location()!),
      mode: db.prepare('PRAGMA journal_mode').get()?.['journal_mode'],
      synchronous: db.prepare('PRAGMA synchronous').get()?.['synchronous'],
    }))
  }
}

describe('what is told to SQLite', () => {
  it('is that a commit to the raw log is on disk when it returns; figures, which are made anew from it, may come later', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'paceline-durable-'))
    const all = connections()
    const writer = new RawWriter(dir)
    onTestFinished(async () => {
      writer.close()
      await rm(dir, { recursive: true, force: true })
    })
    for (let day = 0; day < 3; day++) writer.append([deliver(beacon({ page: pageId(day) }), { at: NOON - day * DAY })])
    // `check` is the first to open the day after.
    writer.check(NOON + DAY)
    const written = all()
    expect(written.map(({ file }) => file).toSorted()).toEqual(
      ['18', '19', '20', '21'].map((day) => `raw-2026-11-${day}.db`),
    )
    for (const one of written) expect(one).toMatchObject({ mode: 'wal', synchronous: FULL })

    const roller = new Roller(dir, {}, { raw: 7, hourly: 30, daily: 400 })
    onTestFinished(() => roller.close())
    roller.roll()
    expect(all()).toContainEqual({ file: 'figures.db', mode: 'wal', synchronous: NORMAL })
  })

  it('is the same of a file that is there already', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'paceline-durable-'))
    onTestFinished(() => rm(dir, { recursive: true, force: true }))
    const first = new RawWriter(dir)
    first.append([deliver(beacon())])
    first.close()
    const all = connections()
    const second = new RawWriter(dir)
    onTestFinished(() => second.close())
    second.append([deliver(beacon({ page: pageId(2) }))])
    expect(all()).toEqual([{ file: 'raw-2026-11-20.db', mode: 'wal', synchronous: FULL }])
  })
})
