import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { quantile } from '../lib/statistics.ts'
import { sendLoad } from './send-load.ts'
import { startBenchServer } from './start-server.ts'

export interface QueryFigure {
  readonly query: string
  /** Milliseconds, with nothing in the cache. */
  readonly p50: number
  readonly p95: number
}

export interface QueriesResult {
  readonly beacons: number
  readonly days: number
  /** Seconds until all was stored, and until all was in the figures. */
  readonly stored: number
  readonly counted: number
  readonly bytes: number
  readonly figures: readonly QueryFigure[]
}

const PER_POST = 100
const ROUNDS = 20
const DAY = 86_400_000

/** What the dashboard asks for, of a store that is full. */
export async function measureQueries(beacons: number, days: number): Promise<QueriesResult> {
  const dir = mkdtempSync(join(tmpdir(), 'paceline-queries-'))
  try {
    const requests = Math.ceil(beacons / PER_POST)
    const filled = await startBenchServer('collector', dir, { days, requests })
    const begin = performance.now()
    const load = {
      port: filled.port,
      connections: 64,
      perPost: PER_POST,
      duration: 3_600_000,
      most: requests,
      spread: true,
    }
    await sendLoad(load)
    const stored = (performance.now() - begin) / 1000
    const bytes = await untilCounted(filled.port)
    const counted = (performance.now() - begin) / 1000
    await filled.stop()
    const server = await startBenchServer('collector', dir)
    const figures = await askAll(server.port, days)
    await server.stop()
    return { beacons: requests * PER_POST, days, stored, counted, bytes, figures }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

async function untilCounted(port: number): Promise<number> {
  for (;;) {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
    if (value('paceline_store_behind') === 0) return value('paceline_store_bytes')
    await sleep(1000)
  }
}

async function askAll(port: number, days: number): Promise<QueryFigure[]> {
  const api = `http://127.0.0.1:${port}/__paceline/api/`
  const to = Math.ceil(Date.now() / 3_600_000) * 3_600_000
  const last = (span: number): string => `from=${to - span * DAY}&to=${to}`
  const compare = 'releases/compare?before=0123456789ab&after=ba9876543210&'
  const queries = [1, 7, days].flatMap(
    (span) =>
      [
        [`stats, ${span} days`, `performance/stats?${last(span)}`],
        [`stats of a release, ${span} days`, `performance/stats?release=0123456789ab&${last(span)}`],
        [`by route, ${span} days`, `performance/metrics?groupBy=route&${last(span)}`],
        [`over time, ${span} days`, `performance/metrics?groupBy=${span > 3 ? 'day' : 'hour'}&${last(span)}`],
        [`slow, ${span} days`, `performance/slow?${last(span)}`],
        [`two releases, ${span} days`, `${compare}${last(span)}`],
      ] as const,
  )
  const figures: QueryFigure[] = []
  for (const [query, path] of queries) {
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      await fetch(`${api}cache/clear`, { method: 'POST' })
      const begin = performance.now()
      const response = await fetch(`${api}${path}`)
      await response.arrayBuffer()
      if (!response.ok) throw new Error(`${query}: ${response.status}`)
      times.push(performance.now() - begin)
    }
    figures.push({ query, p50: quantile(times, 0.5), p95: quantile(times, 0.95) })
  }
  return figures
}
