import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Sla } from '@paceline/kit'
import { expect, describe, it, onTestFinished } from 'vitest'
import type { Filter } from '../store/store.ts'
import { traffic } from '../testing/beacons.ts'
import { allFigures, deliver, NOON } from '../testing/describe-store.ts'
import { RawWriter } from './raw-writer.ts'
import { Roller } from './roller.ts'
import { openSqliteStore } from './sqlite-store.ts'
import { SqliteReader } from './reader.ts'

const RETENTION = { raw: 7, hourly: 30, daily: 400 }
const DAY = 86_400_000
const ALL: Filter = { from: NOON - 2 * DAY, to: NOON + 3 * DAY }
const FILTERS: readonly Filter[] = [
  ALL,
  { ...ALL, bots: true },
  { ...ALL, release: '0123456789ab', route: 2 },
  { ...ALL, device: 'mobile', nav: 'navigate' },
  { ...ALL, country: 'DE', release: '0123456789ab' },
  { ...ALL, release: 'ba9876543210', route: 1, device: 'desktop' },
  { ...ALL, route: 'unknown' },
]

async function temporary(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'paceline-sums-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

/** Beacons of three days that are counted, and added up when that is wanted. */
function fill(dir: string, sla: Sla, settle: boolean): void {
  const writer = new RawWriter(dir)
  const roller = new Roller(dir, sla, RETENTION)
  const beacons = traffic(1200, 4, ['0123456789ab', 'ba9876543210'])
  writer.append(
    beacons.map((one, index) => {
      const country = ['DE', 'FR', ''][index % 3]!
      return deliver(one, { at: NOON + Math.floor(index / 20) * 3_600_000, country, bot: index % 50 === 0 })
    }),
  )
  roller.roll()
  if (settle) roller.settle()
  roller.close()
  writer.close()
}

/** What the reader alone says: opening a store would count and add up. */
async function figuresOf(dir: string, sla: Sla): Promise<unknown[]> {
  const reader = new SqliteReader(dir, sla)
  const found: unknown[] = []
  for (const filter of FILTERS) found.push(await allFigures(reader as never, filter))
  reader.close()
  return found
}

function change(dir: string, ...statements: readonly string[]): void {
  const db = new DatabaseSync(join(dir, 'figures.db'))
  for (const statement of statements) db.exec(statement)
  db.close()
}

describe('sums of cells', { timeout: 60_000 }, () => {
  it('are what the cells add up to, and are what is read', async () => {
    const [cells, sums] = [await temporary(), await temporary()]
    fill(cells, {}, false)
    fill(sums, {}, true)
    const expected = await figuresOf(cells, {})
    expect(await figuresOf(sums, {})).toEqual(expected)
    // With one dimension at most, nothing is read of cells that were added up.
    change(
      sums,
      "DELETE FROM cells WHERE level = 24 AND (level, start) NOT IN (SELECT level, start FROM unsummed WHERE kind = 'release')",
    )
    const [whole] = await figuresOf(sums, {})
    expect((whole as unknown[])[0]).toEqual((expected[0] as unknown[])[0])
    expect((whole as unknown[][])[0]).toHaveLength(1)
    change(sums, 'DELETE FROM cell_sums')
    const [without] = await figuresOf(sums, {})
    expect(without).not.toEqual(whole)
  })

  it('are made anew when pages speak again, and until then the cells are read', async () => {
    const dir = await temporary()
    fill(dir, {}, true)
    const again = traffic(900, 9, ['0123456789ab'])
    const writer = new RawWriter(dir)
    const roller = new Roller(dir, {}, RETENTION)
    writer.append(again.map((one) => deliver(one, { at: NOON + DAY })))
    const before = await figuresOf(dir, {})
    roller.roll()
    const between = await figuresOf(dir, {})
    roller.settle()
    expect(between).not.toEqual(before)
    expect(await figuresOf(dir, {})).toEqual(between)
    roller.close()
    writer.close()
  })

  it('hold what was counted against the limits in force', async () => {
    const dir = await temporary()
    const sla: Sla = { lcp: 2500, routes: { '/notes': { lcp: 1200 } } }
    fill(dir, sla, true)
    for (const next of [{ lcp: 3000 }, sla] satisfies Sla[]) {
      const roller = new Roller(dir, next, RETENTION)
      const cells = await figuresOf(dir, next)
      roller.settle()
      expect(await figuresOf(dir, next)).toEqual(cells)
      roller.putRelease({ release: '0123456789ab', at: NOON, routes: [{ id: '/' }, { id: '/notes' }], content: '{}' })
      const known = await figuresOf(dir, next)
      roller.settle()
      expect(await figuresOf(dir, next)).toEqual(known)
      roller.close()
    }
  })

  it('are added to figures of layout 1', async () => {
    const dir = await temporary()
    fill(dir, {}, true)
    const expected = await figuresOf(dir, {})
    const tables = ['unsummed', 'cell_sums', 'operation_sums', 'culprit_sums', 'objective_sums', 'sum_dims', 'settings']
    change(dir, ...tables.map((table) => `DROP TABLE ${table}`), 'PRAGMA user_version = 1')
    const store = await openSqliteStore({ dir, sla: {}, retention: RETENTION })
    expect(await figuresOf(dir, {})).toEqual(expected)
    await store.settle()
    await store.close()
    expect(await figuresOf(dir, {})).toEqual(expected)
  })
})
