import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { seeded } from '@paceline/testkit/seeded'
import { expect, it, onTestFinished } from 'vitest'
import { openSqliteStore } from './sqlite/sqlite-store.ts'
import { beacon, pageId } from './testing/beacons.ts'
import { deliver } from './testing/describe-store.ts'

const ROUNDS = 100
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
      // Most of a round is the start of a process.
      env: { ...process.env, NODE_COMPILE_CACHE: join(dir, 'compiled') },
    })
    const closed = once(child, 'close')
    const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    const over = new AbortController()
    // A random number of answers, not a time: a busy machine gives few in any time.
    const enough = Promise.withResolvers<void>()
    const last = acknowledged.size + 21 + Math.floor(random() * 200)
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
        if (acknowledged.size >= last) enough.resolve()
        if (status === 0) return
      }
    }
    const clients = Array.from({ length: 20 }, client)
    await enough.promise
    child.kill('SIGKILL')
    over.abort()
    await Promise.all([closed, ...clients])
  }
  const store = await openSqliteStore({ dir, sla: {}, retention: { raw: 7, hourly: 30, daily: 400 } })
  onTestFinished(() => store.close())
  await store.settle()
  const pages = async (): Promise<number> => {
    await store.settle()
    const [group] = await store.cells({ from: Date.now() - 86_400_000, to: Date.now() + 3_600_000 }, 'none')
    return group!.cell.pages
  }
  expect(acknowledged.size).toBeGreaterThan(ROUNDS * 20)
  const found = await pages()
  // Those that were on disk and not yet answered are there, too: at most one for each client and round.
  expect(found).toBeLessThanOrEqual(acknowledged.size + ROUNDS * 20)
  // What is there is not counted again. What is not would be.
  const again = [...acknowledged].map((own) => deliver(beacon({ page: pageId(own) }), { at: Date.now() }))
  await store.append(again)
  expect(await pages()).toBe(found)
}, 600_000)
