import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { expect, it, onTestFinished, vi } from 'vitest'
import { beacon, pageId } from '../testing/beacons.ts'
import { runCollector } from '../testing/run-collector.ts'

/** As ClickHouse words it (`StoragePolicy::reserveAndCheck`), with what its HTTP interface puts around it. */
const FULL =
  'Code: 243. DB::Exception: Cannot reserve 1.00 MiB, not enough space. (NOT_ENOUGH_SPACE) (version 25.8.2.29 (official build))\n'
const SOON = { timeout: 20_000, interval: 50 }

/** ClickHouse as its HTTP interface answers: it has all tables, and takes rows unless its disk is full. */
async function standIn() {
  const disk = { isFull: false, rows: 0, asked: 0 }
  const server = createServer(async (request, response) => {
    const isGzip = request.headers['content-encoding'] === 'gzip'
    const body = await text(isGzip ? request.pipe(createGunzip()) : request)
    const isInsert = `${request.url} ${body}`.includes('INSERT') && request.url!.includes('paceline_beacons')
    if (!isInsert) return response.end()
    disk.asked++
    if (disk.isFull)
      return response.writeHead(500, { 'x-clickhouse-exception-code': '243', 'content-type': 'text/plain' }).end(FULL)
    disk.rows += body.trim().split('\n').length
    return response.end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    await once(server.close(), 'close')
  })
  const { port } = server.address() as AddressInfo
  return { disk, url: `http://127.0.0.1:${port}/default` }
}

async function collectorWith(clickhouse: string) {
  const entries: string[] = []
  const collector = await runCollector({ clickhouse, log: (entry) => void entries.push(entry) })
  const logged = (event: string): { message?: string; reason?: string }[] =>
    entries.map((entry) => JSON.parse(entry)).filter((entry) => entry.event === event)
  const ready = async (): Promise<unknown> => {
    const response = await collector.get('/health/ready')
    return [response.status, await response.json()]
  }
  return { ...collector, logged, ready }
}

it('answers 503 while the disk of ClickHouse is full, says so, keeps nothing, and takes beacons as soon as there is room', async () => {
  const { disk, url } = await standIn()
  const { post, ready, logged, collector, get } = await collectorWith(url)
  expect((await post(beacon())).status).toBe(204)
  expect(await ready()).toEqual([200, { status: 'ready' }])
  disk.isFull = true
  const refused = await post(beacon({ page: pageId(2) }))
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
  const problem = 'ClickHouse does not take beacons; received 243 NOT_ENOUGH_SPACE.'
  await vi.waitFor(async () => expect(await ready()).toEqual([503, { status: 'not ready', reason: problem }]), SOON)
  expect(logged('failure')[0]!.message).toContain('Cannot reserve 1.00 MiB, not enough space')
  expect(logged('not ready')).toEqual([expect.objectContaining({ reason: problem })])
  const statuses = new Set<number>()
  for (let page = 3; page < 63; page++) statuses.add((await post(beacon({ page: pageId(page) }))).status)
  expect([...statuses]).toEqual([503])
  // Each was refused by ClickHouse, and the log has not grown with them.
  expect(disk.asked).toBe(62)
  expect(logged('failure').length).toBeLessThan(10)
  const metrics = await (await get('/metrics')).text()
  expect(metrics).toMatch(/^paceline_beacon_requests_total\{status="503"\} 61$/m)
  expect(metrics).toMatch(/^paceline_queue_requests 0$/m)
  expect(metrics).toMatch(/^paceline_queue_bytes 0$/m)
  expect(metrics).toMatch(/^paceline_beacons_total\S* 1$/m)
  disk.isFull = false
  expect((await post([beacon({ page: pageId(2) }), beacon({ page: pageId(3) })])).status).toBe(204)
  await vi.waitFor(async () => expect(await ready()).toEqual([200, { status: 'ready' }]), SOON)
  expect(disk.rows).toBe(3)
  await collector.close()
})
