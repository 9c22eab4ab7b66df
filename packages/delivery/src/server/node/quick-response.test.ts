import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { smallSite, smallSiteOptions, writeDelivery } from '../../testing/delivery-fixture.ts'
import { createHandler } from './create-handler.ts'
import { startServer } from './start-server.ts'

const OPTIONS = { recheck: 60_000 }

/** Our server, and the same handler in a server of Node's own, whose heads are all written by Node. */
async function both(): Promise<readonly number[]> {
  const { dir, manifest } = await writeDelivery(smallSite, { ...smallSiteOptions, notFound: 'robots.txt' })
  const ours = await startServer(manifest, { dir, port: 0, ...OPTIONS })
  const theirs = createServer({ keepAliveTimeout: 0 }, createHandler(manifest, { dir, ...OPTIONS }))
  await new Promise<void>((done) => theirs.listen(0, '127.0.0.1', done))
  onTestFinished(async () => {
    theirs.close()
    await ours.close()
  })
  return [ours.port, (theirs.address() as AddressInfo).port]
}

/** Sends requests at once over one connection that the last of them ends. What times differ in is left out. */
async function speak(port: number, requests: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let received = ''
  socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')))
  socket.write(requests.join(''), 'latin1')
  await new Promise<void>((done) => socket.once('close', () => done()))
  return received.replaceAll(/(?<=date: ).*|(?<=dur=)[\d.]+/gi, '…')
}

function get(path: string, headers = '', { method = 'GET', version = '1.1' } = {}): string {
  return `${method} ${path} HTTP/${version}\r\nhost: x\r\n${headers}\r\n`
}

const SCRIPT = '/assets/index-AAAA1111.js'
const LAST = get('/robots.txt', 'connection: close\r\n')

it('sends what Node sends, byte for byte, whatever the connection had before', async () => {
  const ports = await both()
  const encodings = ['br', 'gzip', 'zstd', 'identity'].map((name) => get(SCRIPT, `accept-encoding: ${name}\r\n`))
  const etag = /etag: (.+)\r\n/i.exec(await speak(ports[0]!, [get(SCRIPT, 'connection: close\r\n')]))![1]!
  const questions = [
    ...encodings,
    get(SCRIPT, '', { method: 'HEAD' }),
    get(SCRIPT, `if-none-match: ${etag}\r\n`),
    get(SCRIPT, 'range: bytes=0-4\r\n'),
    get('/notes/7', 'accept: text/html\r\n'),
    get('/notes/8', 'accept: text/html\r\n', { method: 'HEAD' }),
    get('/robots.txt'),
    get('/assets/gone.js', 'accept: text/html\r\n'),
    get('/assets/gone.js', 'accept: text/html\r\n', { method: 'HEAD' }),
    get('/photo.jpg', 'accept: image/avif\r\n'),
    get('/robots.txt', '', { method: 'POST' }),
  ]
  const ends = [
    LAST,
    get('/robots.txt', '', { version: '1.0' }),
    get(SCRIPT, `if-none-match: ${etag}\r\n`, { version: '1.0' }),
  ]
  const ways = [
    ...questions.map((question) => [question, question, question, LAST]),
    [...questions, ...questions.toReversed(), LAST],
    [get('/robots.txt', 'expect: 100-continue\r\nconnection: close\r\n')],
    ...ends.map((end) => [
      get('/robots.txt'),
      get('/robots.txt', 'connection: keep-alive\r\n', { version: '1.0' }),
      end,
    ]),
  ]
  // From disk first: afterwards each server answers out of memory.
  for (const port of ports) await speak(port, [...questions, LAST])
  for (const way of ways) {
    const [ours, theirs] = await Promise.all(ports.map((port) => speak(port, way)))
    expect(ours).toBe(theirs)
    expect(ours!.match(/HTTP\/1\.1 \d/g)!.length).toBeGreaterThanOrEqual(way.length)
  }
})

it('says the time that it is', async () => {
  const [port] = await both()
  const dateNow = async (): Promise<number> => {
    const socket = connect(port!, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.write(get('/robots.txt') + get('/robots.txt'))
    const chunk = await new Promise<Buffer>((done) => socket.once('data', done))
    return Date.parse(/Date: (.+)\r\n/.exec(chunk.toString())![1]!)
  }
  await dateNow()
  for (let round = 0; round < 3; round++) {
    const now = Date.now()
    expect(Math.abs((await dateNow()) - now)).toBeLessThan(2000)
    await sleep(1100)
  }
})

it('answers the rest of a connection that is being closed as the last of it', async () => {
  const { dir, manifest } = await writeDelivery(smallSite, smallSiteOptions)
  const server = await startServer(manifest, { dir, port: 0, ...OPTIONS })
  const socket = connect(server.port, '127.0.0.1')
  let received = ''
  socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')))
  const closed = new Promise<void>((done) => socket.once('close', () => done()))
  const answers = async (count: number): Promise<void> => {
    await expect.poll(() => received.match(/HTTP\/1\.1 200/g)?.length).toBe(count)
  }
  socket.write(get('/robots.txt') + get('/robots.txt'))
  await answers(2)
  socket.write(get('/robots.txt') + get('/robots.txt'))
  await answers(4)
  // Half a request keeps the connection from being idle.
  socket.write('GET /robots.txt HTTP/1.1\r\nhost: x\r\n')
  await sleep(50)
  const ended = server.close()
  socket.write('\r\n')
  await Promise.all([ended, closed])
  expect(received.match(/Connection: keep-alive/gi)).toHaveLength(4)
  expect(received.match(/Connection: close/gi)).toHaveLength(1)
})

it('sends no byte of a content that was replaced a moment ago', async () => {
  const { dir, manifest } = await writeDelivery(smallSite, smallSiteOptions)
  const server = await startServer(manifest, { dir, port: 0, recheck: 0, serverTiming: false })
  onTestFinished(() => server.close())
  const ask = (): Promise<string> =>
    speak(server.port, [get('/robots.txt'), get('/robots.txt'), get('/robots.txt'), LAST])
  const contents = ['User-agent: one\n', 'User-agent: two\n', 'User-agent: three\n']
  for (const content of contents) {
    await writeFile(join(dir, 'robots.txt'), content)
    const said = await ask()
    expect(said.split(content)).toHaveLength(5)
    expect(said.match(/User-agent/g)).toHaveLength(4)
  }
})
