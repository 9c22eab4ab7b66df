import { quantile, spreadOf } from '../lib/statistics.ts'
import type { Spread } from '../lib/statistics.ts'
import { sendLoad } from './send-load.ts'
import { startBenchServer } from './start-server.ts'

/** What one server takes, flat out. */
export interface IntakeFigure {
  readonly perPost: number
  readonly server: 'floor' | 'collector'
  readonly requests: Spread
  readonly beacons: Spread
  /** Of the server, µs for each request. */
  readonly cpu: Spread
  readonly rss: number
  /** Requests per second against the floor of the same round. */
  readonly ratio: Spread
  /** Answers other than 204. */
  readonly refused: number
}

export interface HalfLoad {
  readonly rate: number
  readonly p50: number
  readonly p99: number
  readonly most: number
}

const CONNECTIONS = 512
const WARM_UP = 1500

let page = 1
const nextPages = (): number => (page += 2 ** 28)

/** Floor and collector in turn: what else the machine does must not look like a difference. */
export async function measureIntake(perPost: number, rounds: number, seconds: number): Promise<IntakeFigure[]> {
  const runs = { floor: [] as Run[], collector: [] as Run[] }
  for (let round = 0; round < rounds; round++)
    for (const kind of ['floor', 'collector'] as const) runs[kind].push(await run(kind, perPost, seconds))
  return (['floor', 'collector'] as const).map((server) => ({
    perPost,
    server,
    requests: spreadOf(runs[server].map(({ perSecond }) => perSecond)),
    beacons: spreadOf(runs[server].map(({ perSecond }) => perSecond * perPost)),
    cpu: spreadOf(runs[server].map(({ cpu }) => cpu)),
    rss: Math.max(...runs[server].map(({ rss }) => rss)),
    ratio: spreadOf(runs[server].map(({ perSecond }, round) => perSecond / runs.floor[round]!.perSecond)),
    refused: runs[server].reduce((sum, { refused }) => sum + refused, 0),
  }))
}

/** How long answers take at half of what it takes flat out. */
export async function measureHalfLoad(full: number, seconds: number): Promise<HalfLoad> {
  const server = await startBenchServer('collector')
  const rate = full / 2
  const load = { port: server.port, connections: CONNECTIONS, perPost: 1, rate }
  await sendLoad({ ...load, duration: WARM_UP, firstPage: nextPages() })
  const { latencies } = await sendLoad({ ...load, duration: seconds * 1000, firstPage: nextPages() })
  await server.stop()
  const at = (q: number): number => quantile([...latencies], q)
  return { rate, p50: at(0.5), p99: at(0.99), most: at(1) }
}

interface Run {
  readonly perSecond: number
  readonly cpu: number
  readonly rss: number
  readonly refused: number
}

async function run(kind: 'floor' | 'collector', perPost: number, seconds: number): Promise<Run> {
  const server = await startBenchServer(kind)
  const load = { port: server.port, connections: CONNECTIONS, perPost }
  await sendLoad({ ...load, duration: WARM_UP, firstPage: nextPages() })
  const before = server.used()
  const { perSecond, answered, others } = await sendLoad({ ...load, duration: seconds * 1000, firstPage: nextPages() })
  const after = server.used()
  await server.stop()
  const refused = Object.values(others).reduce((sum, count) => sum + count, 0)
  return { perSecond, cpu: ((after.cpu - before.cpu) * 1000) / answered, rss: after.rss, refused }
}
