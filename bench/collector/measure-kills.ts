import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startCollector } from '@paceline/collector'
import { sendLoad } from './send-load.ts'
import { startBenchServer } from './start-server.ts'

export interface KillFigure {
  readonly rounds: number
  /** Beacons that were answered 204, and pages in the figures afterwards. */
  readonly acknowledged: number
  readonly pages: number
  /** Answered 204 and not there. */
  readonly lost: number
}

/** Kills it under load, again and again, on one directory. */
export async function measureKills(rounds: number): Promise<KillFigure> {
  const dir = mkdtempSync(join(tmpdir(), 'paceline-kills-'))
  try {
    let acknowledged = 0
    for (let round = 0; round < rounds; round++) {
      const server = await startBenchServer('collector', dir)
      const load = sendLoad({
        port: server.port,
        connections: 64,
        perPost: 1,
        duration: 2000,
        firstPage: 1 + round * 2 ** 24,
        acknowledged: () => void acknowledged++,
      })
      await sleep(20 + Math.random() * 500)
      await server.kill()
      await load
    }
    const pages = await countPages(dir)
    return { rounds, acknowledged, pages, lost: Math.max(0, acknowledged - pages) }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

async function countPages(dir: string): Promise<number> {
  const { url, collector, close } = await startCollector(0, { dir, redis: false, clickhouse: false })
  await collector.settle()
  const stats = (await (await fetch(`${url}/__paceline/api/performance/stats`)).json()) as { readonly pages: number }
  await close()
  return stats.pages
}
