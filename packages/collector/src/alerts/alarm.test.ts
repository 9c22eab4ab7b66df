import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openSqliteStore } from '../sqlite/sqlite-store.ts'
import { beacon, pageId } from '../testing/beacons.ts'
import { deliver, NOON } from '../testing/describe-store.ts'
import { Alarm } from './alarm.ts'

it('tells the webhook once when the SLA burns, and once when it is over', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'paceline-alarm-'))
  const sla = { tti: 3000 }
  const store = await openSqliteStore({ dir, sla, retention: { raw: 7, hourly: 30, daily: 400 } })
  const told: { status: string; alerts: { objective: string; long: string }[] }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      told.push(JSON.parse(body) as (typeof told)[number])
      response.end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    server.close()
    await store.close()
    await rm(dir, { recursive: true, force: true })
  })
  let now = NOON + 60_000
  const slow = Array.from({ length: 100 }, (_, index) =>
    beacon({ page: pageId(index), metrics: { lcp: 9000, inp: 50, tti: 9000 } }),
  )
  await store.append(slow.map((one) => deliver(one)))
  await store.settle()
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const alarm = new Alarm({ store, sla, minSamples: 50, now: () => now }, { url, secret: 'shared' }, () => {})
  const first = await alarm.look()
  expect(first.map(({ objective, severity, long }) => [objective, severity, long])).toEqual([
    ['lcp', 'page', '1h'],
    ['lcp', 'page', '6h'],
    ['lcp', 'ticket', '3d'],
    ['tti', 'page', '1h'],
    ['tti', 'page', '6h'],
    ['tti', 'ticket', '3d'],
  ])
  await alarm.look()
  expect(told.map(({ status }) => status)).toEqual(['firing'])
  now += 3 * 3_600_000
  expect((await alarm.look()).map(({ long }) => long)).toEqual(['3d', '3d'])
  now += 9 * 3_600_000
  expect(await alarm.look()).toEqual([])
  expect(told.map(({ status, alerts }) => [status, alerts.length])).toEqual([
    ['firing', 6],
    ['resolved', 4],
    ['resolved', 2],
  ])
})
