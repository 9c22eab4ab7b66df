import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quantile } from '../lib/statistics.ts'
import { AT_ONCE, viewsOf } from './dashboard-questions.ts'
import type { View } from './dashboard-questions.ts'
import { filledStore } from './fill-store.ts'
import { startBenchServer } from './start-server.ts'

/** Milliseconds. */
interface Times {
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/** One question, asked by itself. */
export interface QueryFigure {
  readonly query: string
  /** With nothing in the cache of answers. */
  readonly cold: Times
  /** Asked again at once. */
  readonly cached: Times
}

export interface ViewFigure {
  readonly view: string
  readonly days: number
  /** The one of its questions that takes longest by the 95th percentile with nothing in the cache. */
  readonly slowest: QueryFigure
  /** Until all that the dashboard asks at once is answered, with nothing in the cache. */
  readonly whole: Times
}

export interface QueriesResult {
  readonly beacons: number
  readonly days: number
  readonly countries: boolean
  /** Seconds until all was stored and in the figures. */
  readonly took: number
  readonly bytes: number
  readonly figures: readonly QueryFigure[]
  readonly views: readonly ViewFigure[]
}

const ROUNDS = 20

/**
 * What the dashboard asks for, of a store that is full.
 *
 * @param keep the store's folder, for the next time; without one it is made anew and thrown away
 */
export async function measureQueries(
  beacons: number,
  days: number,
  countries: boolean,
  keep?: string,
): Promise<QueriesResult> {
  const dir = keep ?? mkdtempSync(join(tmpdir(), 'paceline-queries-'))
  try {
    const filled = await filledStore({ dir, beacons, days, countries })
    const server = await startBenchServer('collector', dir)
    const ask = asker(server.port)
    const figures: QueryFigure[] = []
    const views: ViewFigure[] = []
    for (const view of viewsOf(days, countries)) {
      const own: QueryFigure[] = []
      for (const [name, path] of Object.entries(view.questions))
        own.push({ query: `${name} of ${view.view}, ${daysOf(view.days)}`, ...(await askAlone(ask, path)) })
      figures.push(...own)
      const [slowest] = own.toSorted((a, b) => b.cold.p95 - a.cold.p95)
      views.push({ view: view.view, days: view.days, slowest: slowest!, whole: await askAtOnce(ask, view) })
    }
    figures.push({ query: 'dimensions', ...(await askAlone(ask, 'dimensions')) })
    await server.stop()
    return { ...filled, days, countries, figures, views }
  } finally {
    if (keep === undefined) rmSync(dir, { recursive: true, force: true })
  }
}

export function daysOf(days: number): string {
  return days === 1 ? '1 day' : `${days} days`
}

interface Asker {
  clear(): Promise<void>
  /** @returns milliseconds until the whole answer was there */
  ask(path: string): Promise<number>
}

function asker(port: number): Asker {
  const api = `http://127.0.0.1:${port}/__paceline/api/`
  return {
    clear: async () => void (await fetch(`${api}cache/clear`, { method: 'POST' })).arrayBuffer(),
    async ask(path) {
      const begin = performance.now()
      const response = await fetch(`${api}${path}`)
      await response.arrayBuffer()
      if (!response.ok) throw new Error(`${path} was answered ${response.status}.`)
      return performance.now() - begin
    },
  }
}

async function askAlone({ ask, clear }: Asker, path: string): Promise<Pick<QueryFigure, 'cold' | 'cached'>> {
  const cold: number[] = []
  const cached: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await clear()
    cold.push(await ask(path))
    cached.push(await ask(path))
  }
  return { cold: timesOf(cold), cached: timesOf(cached) }
}

/** As the page does: first what there is, then all of it. */
async function askAtOnce({ ask, clear }: Asker, { questions }: View): Promise<Times> {
  const times: number[] = []
  const paths = AT_ONCE.flatMap((name) => questions[name] ?? [])
  for (let round = 0; round < ROUNDS; round++) {
    await clear()
    const first = await ask('dimensions')
    times.push(first + Math.max(...(await Promise.all(paths.map((path) => ask(path))))))
  }
  return timesOf(times)
}

function timesOf(times: readonly number[]): Times {
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95), p99: quantile(times, 0.99) }
}
