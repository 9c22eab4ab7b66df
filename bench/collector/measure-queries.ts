import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quantile } from '../lib/statistics.ts'
import { fillStore } from './fill-store.ts'
import { releaseName, SITE } from './make-traffic.ts'
import { startBenchServer } from './start-server.ts'

/** Milliseconds. */
interface Times {
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

export interface QueryFigure {
  readonly query: string
  /** With nothing in the cache of answers. */
  readonly cold: Times
  /** Asked again at once. */
  readonly cached: Times
}

export interface QueriesResult {
  readonly beacons: number
  readonly days: number
  readonly countries: boolean
  /** Seconds until all was stored and in the figures. */
  readonly took: number
  readonly bytes: number
  readonly figures: readonly QueryFigure[]
}

const ROUNDS = 20
const DAY = 86_400_000

/** What the dashboard asks for, of a store that is full. */
export async function measureQueries(beacons: number, days: number, countries: boolean): Promise<QueriesResult> {
  const dir = mkdtempSync(join(tmpdir(), 'paceline-queries-'))
  try {
    const filled = await fillStore({ dir, beacons, days, countries })
    const server = await startBenchServer('collector', dir)
    const figures = await askAll(server.port, days)
    await server.stop()
    return { ...filled, days, countries, figures }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

function queriesOf(days: number): readonly (readonly [name: string, path: string])[] {
  const to = Math.ceil(Date.now() / 60_000) * 60_000
  const [newest, older] = [releaseName(SITE.releases - 1), releaseName(SITE.releases - 2)]
  const spans = [...new Set([1, 7, days])].flatMap((span) => {
    const last = `from=${to - span * DAY}&to=${to}`
    const metrics = `performance/metrics?${last}&groupBy=`
    const of = span === 1 ? '1 day' : `${span} days`
    return [
      [`stats, ${of}`, `performance/stats?${last}`],
      [`stats of a release, ${of}`, `performance/stats?release=${newest}&${last}`],
      [`stats of a route, ${of}`, `performance/stats?route=3&${last}`],
      [`over time, ${of}`, `${metrics}${span > 3 ? 'day' : 'hour'}`],
      [`by route, ${of}`, `${metrics}route`],
      [`by device, ${of}`, `${metrics}device`],
      [`by route on mobiles, ${of}`, `${metrics}route&device=mobile`],
      [`slow, ${of}`, `performance/slow?${last}`],
      [`two releases, ${of}`, `releases/compare?before=${older}&after=${newest}&${last}`],
    ] as const
  })
  return [...spans, ['dimensions', 'dimensions']]
}

async function askAll(port: number, days: number): Promise<QueryFigure[]> {
  const api = `http://127.0.0.1:${port}/__paceline/api/`
  const ask = async (path: string): Promise<number> => {
    const begin = performance.now()
    const response = await fetch(`${api}${path}`)
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`${path} was answered ${response.status}.`)
    return performance.now() - begin
  }
  const figures: QueryFigure[] = []
  for (const [query, path] of queriesOf(days)) {
    const cold: number[] = []
    const cached: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      await fetch(`${api}cache/clear`, { method: 'POST' })
      cold.push(await ask(path))
      cached.push(await ask(path))
    }
    figures.push({ query, cold: timesOf(cold), cached: timesOf(cached) })
  }
  return figures
}

function timesOf(times: readonly number[]): Times {
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95), p99: quantile(times, 0.99) }
}
