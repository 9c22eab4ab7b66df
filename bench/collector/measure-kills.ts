import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startCollector } from '@paceline/collector'
import { beaconOf, sendLoad, USER_AGENT } from './send-load.ts'
import { startBenchServer } from './start-server.ts'

export interface KillFigure {
  readonly rounds: number
  /** Beacons that were answered 204, each of a page of its own. */
  readonly acknowledged: number
  /** Pages in the figures: also those that were on disk and not yet answered. */
  readonly pages: number
  /** Answered 204 and not there. */
  readonly lost: number
}

/** Kills it under load, again and again, on one directory. */
export async function measureKills(rounds: number): Promise<KillFigure> {
  const dir = mkdtempSync(join(tmpdir(), 'paceline-kills-'))
  try {
    const acknowledged: number[] = []
    for (let round = 0; round < rounds; round++) {
      const server = await startBenchServer('collector', dir)
      const load = sendLoad({
        port: server.port,
        connections: 64,
        perPost: 1,
        duration: 2000,
        firstPage: 1 + round * 2 ** 24,
        acknowledged: (page) => void acknowledged.push(page),
      })
      await sleep(20 + Math.random() * 500)
      await server.kill()
      await load
    }
    return { rounds, acknowledged: acknowledged.length, ...(await countLost(dir, acknowledged)) }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const AT_ONCE = 100

/** Sends all again that was answered 204: what is there is not counted twice, and what is not is counted now. */
async function countLost(dir: string, acknowledged: readonly number[]): Promise<Pick<KillFigure, 'pages' | 'lost'>> {
  const { url, collector, close } = await startCollector(0, { dir, redis: false, clickhouse: false, rateLimit: false })
  const countPages = async (): Promise<number> => {
    await collector.settle()
    await fetch(`${url}/__paceline/api/cache/clear`, { method: 'POST' })
    const stats = await fetch(`${url}/__paceline/api/performance/stats`)
    return ((await stats.json()) as { readonly pages: number }).pages
  }
  const pages = await countPages()
  for (let from = 0; from < acknowledged.length; from += AT_ONCE) {
    const body = JSON.stringify(acknowledged.slice(from, from + AT_ONCE).map(beaconOf))
    const headers = { 'content-type': 'text/plain', 'user-agent': USER_AGENT }
    const { status } = await fetch(`${url}/__paceline/beacon`, { method: 'POST', body, headers })
    if (status !== 204) throw new Error(`Beacons that were taken before are answered ${status}.`)
  }
  const lost = (await countPages()) - pages
  await close()
  return { pages, lost }
}
