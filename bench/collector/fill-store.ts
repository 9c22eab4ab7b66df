import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Delivery } from '../../packages/collector/src/store/store.ts'
import { openSqliteStore } from '../../packages/collector/src/sqlite/sqlite-store.ts'
import { releaseName, SITE, Traffic } from './make-traffic.ts'

export interface FillOptions {
  readonly dir: string
  readonly beacons: number
  readonly days: number
  /** Whether a proxy says the country of each page. */
  readonly countries: boolean
}

export interface Filled {
  readonly beacons: number
  /** Seconds until all was in the figures. */
  readonly took: number
  readonly bytes: number
}

const DAY = 86_400_000
/** Pages of one body, of two beacons each, and bodies of one commit: few enough that the thread which counts does not leave the machine to the writer. */
const PAGES = 50
const BODIES = 50

/**
 * Fills a store, or takes the one that is there from the last time.
 *
 * @throws {Error} when what is there was filled with something else
 */
export async function filledStore(options: FillOptions): Promise<Filled> {
  const { dir, beacons, days, countries } = options
  const note = join(dir, 'filled.json')
  const wanted = JSON.stringify({ beacons, days, countries })
  if (existsSync(note)) {
    const { asked, ...filled } = JSON.parse(readFileSync(note, 'utf8')) as Filled & { readonly asked: string }
    if (asked === wanted) return filled
    throw new Error(
      `\`--store\` ${dir} was filled with ${asked}; ${wanted} is wanted. Name another folder, or delete it.`,
    )
  }
  if (existsSync(join(dir, 'figures.db')))
    throw new Error(
      `\`--store\` ${dir} holds a store that was not filled to the end. Delete it, or name another folder.`,
    )
  const filled = await fillStore(options)
  writeFileSync(note, JSON.stringify({ asked: wanted, ...filled }))
  return filled
}

/** Fills a store through its own threads, without HTTP: days of traffic in minutes, each body a little later than the one before. */
async function fillStore({ dir, beacons, days, countries }: FillOptions): Promise<Filled> {
  const begin = performance.now()
  const retention = { raw: 7, hourly: 30, daily: 400 }
  const store = await openSqliteStore({ dir, sla: {}, retention })
  // Their numbers are of one release each: without its table nobody knows which route a beacon means.
  const routes = Array.from({ length: SITE.routes }, (_, number) => ({ id: `/r${number}`, path: `/r${number}` }))
  for (let number = 0; number < SITE.releases; number++)
    await store.putRelease({
      release: releaseName(number),
      at: Date.now(),
      routes,
      content: JSON.stringify({ schemaVersion: 1, release: releaseName(number), routes, chunks: [], owners: {} }),
    })
  const traffic = new Traffic(1, countries)
  const bodies = Math.ceil(beacons / PAGES / 2)
  const end = Date.now()
  let swept = 0
  let stored = 0
  for (let body = 0; body < bodies;) {
    const batch: Delivery[] = []
    for (; batch.length < BODIES && body < bodies; body++) {
      const made = traffic.pages(PAGES, body / bodies)
      const at = Math.floor(end - days * DAY * (1 - (body + 1) / bodies))
      batch.push({ body: Buffer.from(made.body), at, country: made.country, bot: made.bot })
    }
    const { beacons: more } = await store.append(batch)
    stored += more
    const { at } = batch[0]!
    // As a collector does that has run all the time.
    if (at > swept + DAY) await store.sweep((swept = at))
  }
  await store.settle()
  const { bytes } = await store.statistics()
  await store.close()
  return { beacons: stored, took: (performance.now() - begin) / 1000, bytes }
}
