import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { seeded } from '@paceline/testkit/seeded'
import { expect, it, onTestFinished } from 'vitest'
import { openSqliteStore } from './sqlite/sqlite-store.ts'
import { beacon, pageId } from './testing/beacons.ts'

/** All hundred rounds run in `npm run bench -- collector --parts kill`. */
const ROUNDS = Number(process.env['PACELINE_KILL_ROUNDS'] ?? 6)
const PROGRAM = fileURLToPath(new URL('./testing/collector-in-child.ts', import.meta.url))

it(`loses no acknowledged beacon when it is killed, at ${ROUNDS} random moments`, async () => {
  const random = seeded(7)
  const dir = await mkdtemp(join(tmpdir(), 'paceline-kill-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  const acknowledged = new Set<number>()
  let page = 0
  for (let round = 0; round < ROUNDS; round++) {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, dir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const closed = once(child, 'close')
    const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    const over = new AbortController()
    const client = async (): Promise<void> => {
      while (!over.signal.aborted) {
        const own = page++
        const body = JSON.stringify(beacon({ page: pageId(own) }))
        const headers = { 'content-type': 'text/plain', 'user-agent': 'Chrome/156' }
        const status = await fetch(`${url}/__paceline/beacon`, { method: 'POST', body, headers }).then(
          (response) => response.status,
          () => 0,
        )
        if (status === 204) acknowledged.add(own)
        if (status === 0) return
      }
    }
    const clients = Array.from({ length: 20 }, client)
    await sleep(40 + random() * 400)
    child.kill('SIGKILL')
    over.abort()
    await Promise.all([closed, ...clients])
  }
  const store = await openSqliteStore({ dir, sla: {}, retention: { raw: 7, hourly: 30, daily: 400 } })
  onTestFinished(() => store.close())
  await store.settle()
  const [group] = await store.cells({ from: Date.now() - 86_400_000, to: Date.now() + 3_600_000 }, 'none')
  expect(acknowledged.size).toBeGreaterThan(ROUNDS * 20)
  // Those that were on disk and not yet answered are there, too: at most one for each client and round.
  expect(group!.cell.pages).toBeGreaterThanOrEqual(acknowledged.size)
  expect(group!.cell.pages).toBeLessThanOrEqual(acknowledged.size + ROUNDS * 20)
}, 120_000)
