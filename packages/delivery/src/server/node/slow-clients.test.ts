import { once } from 'node:events'
import { connect as connectHttp2, type ClientHttp2Stream } from 'node:http2'
import { get, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { generate } from 'selfsigned'
import { expect, it, onTestFinished } from 'vitest'
import { sha256, writeDelivery } from '../../testing/delivery-fixture.ts'
import { ask } from '../../testing/request.ts'
import { startServer, type RunningServer, type ServerOptions } from './start-server.ts'

/** More than the buffers of both ends hold. */
const content = Buffer.alloc(30_000_000, 'never the same twice? 0123456789 ')
const FILM = '/film.mp4'
const TIMEOUTS = { headers: 300, request: 300, idle: 700 }
const PAUSE = 200

async function serve(options: Partial<ServerOptions>): Promise<RunningServer> {
  const { dir, manifest } = await writeDelivery({ 'film.mp4': { content } })
  const server = await startServer(manifest, { dir, port: 0, timeouts: TIMEOUTS, ...options })
  onTestFinished(() => server.close())
  // A file is read and checked before it is sent for the first time: on a busy machine that takes longer than these times.
  if (!options.tls) await expect.poll(() => ask(server.url, FILM, { method: 'HEAD' }), { timeout: 5_000 }).toBeTruthy()
  return server
}

/** Takes some, does nothing for a while, takes some more: what a tab in the background does, or a bad network. */
async function readSlowly(stream: IncomingMessage | ClientHttp2Stream, pause: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let unpaused = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    unpaused += chunk.byteLength
    if (unpaused < 2_000_000) continue
    unpaused = 0
    await sleep(pause)
  }
  return Buffer.concat(chunks)
}

function open(server: RunningServer): Promise<IncomingMessage> {
  return new Promise((done, failed) => {
    get(`${server.url}${FILM.slice(1)}`, { agent: false }, done).on('error', failed)
  })
}

it.each([
  ['memory', 400_000_000],
  ['disk', 0],
])('lets a slow client have all of a file from %s, however long it takes', async (source, memory) => {
  const server = await serve({ memory })
  const started = Date.now()
  const response = await open(server)
  expect(response.headers['server-timing']).toContain(source)
  const body = await readSlowly(response, PAUSE)
  expect(Date.now() - started).toBeGreaterThan(2 * TIMEOUTS.idle)
  expect(sha256(body)).toBe(sha256(content))
})

it('lets a slow client have all of a file over HTTP/2', async () => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }])
  const server = await serve({ tls: { cert, key } })
  const client = connectHttp2(server.url, { rejectUnauthorized: false })
  onTestFinished(() => client.destroy())
  await once(client.request({ ':path': FILM, ':method': 'HEAD' }).resume(), 'end')
  const started = Date.now()
  const body = await readSlowly(client.request({ ':path': FILM }), PAUSE)
  expect(Date.now() - started).toBeGreaterThan(2 * TIMEOUTS.idle)
  expect(sha256(body)).toBe(sha256(content))
})

it('gives the rest to a client that came to a stop and was cut off', async () => {
  const server = await serve({})
  const response = await open(server)
  const chunks: Buffer[] = []
  response.on('data', (chunk: Buffer) => chunks.push(chunk))
  const cut = new Promise((done) => response.once('error', done))
  response.once('data', () => {
    response.pause()
    setTimeout(() => response.resume(), 3 * TIMEOUTS.idle)
  })
  expect(await cut).toMatchObject({ code: 'ECONNRESET' })
  const first = Buffer.concat(chunks)
  expect(first.byteLength).toBeLessThan(content.byteLength)
  const headers = { range: `bytes=${first.byteLength}-`, 'if-range': response.headers.etag! }
  const rest = await ask(server.url, FILM, { headers })
  expect(rest.status).toBe(206)
  expect(sha256(Buffer.concat([first, rest.body]))).toBe(sha256(content))
})
