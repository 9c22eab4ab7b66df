import { writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeFixture } from '@paceline/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { smallSite, smallSiteOptions, writeDelivery } from '../../testing/delivery-fixture.ts'
import { randomSource } from '../../testing/random-source.ts'
import { ask } from '../../testing/request.ts'
import { startServer, type RunningServer, type ServerOptions } from './start-server.ts'

const SECRET = 'nobody may read this'

async function serve(options: Partial<ServerOptions> = {}): Promise<RunningServer & { readonly dir: string }> {
  const outside = await writeFixture({ 'secret.txt': SECRET, 'dist/unlisted.txt': SECRET })
  const { dir, manifest } = await writeDelivery(smallSite, { ...smallSiteOptions, dir: join(outside, 'dist') })
  await writeFile(join(dir, '.env'), SECRET)
  const server = await startServer(manifest, { dir, port: 0, ...options })
  onTestFinished(() => server.close())
  return { ...server, dir }
}

/** Bytes on a socket, as they are. */
async function speak(port: number, text: string): Promise<{ socket: Socket; answer: Promise<string> }> {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  let received = ''
  socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')))
  socket.on('error', () => undefined)
  const answer = new Promise<string>((done) => socket.once('close', () => done(received)))
  socket.write(text)
  return { socket, answer }
}

describe('paths that lead out', () => {
  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/index.html%00.js',
    '/%',
    '/%E0%A4%A',
    '/%ff',
    '/a%0d%0aset-cookie:%20x',
    'secret.txt',
    'ftp://host/index.html',
  ])('answers %s with 400', async (path) => {
    const { url, port } = await serve()
    const { answer } = await speak(port, `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
    expect(await answer).toMatch(/^HTTP\/1\.1 400 /)
    expect((await ask(url, '/index.html')).status).toBe(200)
  })

  it.each([
    '/%252e%252e%252fsecret.txt',
    '/.env',
    '/unlisted.txt',
    '//etc/passwd',
    '/index.html/',
    '/assets/',
    '/C:/x.txt',
  ])('has nothing at %s', async (path) => {
    const { url } = await serve()
    expect((await ask(url, path, { headers: { accept: 'application/json' } })).status).toBe(404)
  })

  it('answers no request of ten thousand made up ones from outside, and each with a status that is right', async () => {
    const { url } = await serve({ recheck: 5 })
    const random = randomSource(6)
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!
    const pieces =
      '/ .. . %2e %2E%2e %2f %5c %00 %0a % %zz %c0%ae // ? # ; : * secret.txt etc passwd assets index-AAAA1111.js .br index.html é ÿ $& ~'.split(
        ' ',
      )
    const values: Readonly<Record<string, readonly string[]>> = {
      accept: ['*/*', 'text/html', 'image/avif', ';;;', '*/*;q=9', 'text/html;q=0'],
      'accept-encoding': [
        'br',
        'gzip;q=0',
        '*;q=0',
        'identity;q=0',
        ',,,',
        'x'.repeat(3000),
        'dcb, dcz',
        `${'br,'.repeat(900)}`,
      ],
      'available-dictionary': [':AAAA:', '::', ':', '"x"', `:${'A'.repeat(43)}=:`],
      range: [
        'bytes=0-',
        'bytes=-0',
        'bytes=9-1',
        'bytes=0-0,1-1',
        'bytes=99999-',
        'lines=1-2',
        `bytes=${'0-1,'.repeat(50)}`,
      ],
      'if-range': ['"x"', 'W/"x"', 'now', new Date().toUTCString()],
      'if-none-match': ['*', '"x"', 'W/', '"', ',,'],
      'if-match': ['*', '"x"'],
      'if-modified-since': ['now', new Date(0).toUTCString(), new Date(2e12).toUTCString()],
    }
    const seen = new Set<number>()
    const once = async (): Promise<void> => {
      let path = random() < 0.8 ? '/' : ''
      if (random() < 0.3) path = pick(['/assets/index-AAAA1111.js', '/photo.jpg', '/', '/notes/1'])
      else for (let count = random() * 8; count > 0; count--) path += pick(pieces)
      const headers: Record<string, string> = {}
      for (const [name, choices] of Object.entries(values)) if (random() < 0.3) headers[name] = pick(choices)
      const method = pick(['GET', 'GET', 'GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE'])
      // What a client of Node refuses to send is sent by nobody here; raw bytes are tested above.
      const got = await ask(url, encodeWhatNodeRefuses(path), { method, headers })
      seen.add(got.status)
      expect([200, 204, 206, 301, 304, 400, 404, 405, 406, 412, 416]).toContain(got.status)
      expect(got.body.toString()).not.toContain(SECRET)
      if (got.status === 304 || method === 'HEAD') expect(got.body.byteLength).toBe(0)
      else if (got.headers['content-length']) expect(got.body.byteLength).toBe(Number(got.headers['content-length']))
    }
    for (let run = 0; run < 10_000; run += 50) await Promise.all(Array.from({ length: 50 }, once))
    for (const status of [200, 206, 304, 400, 404, 405, 406, 412, 416]) expect(seen).toContain(status)
  })
})

function encodeWhatNodeRefuses(path: string): string {
  return path === '' ? '/' : path.replaceAll(/[^\x21-\x7e]/g, (char) => encodeURIComponent(char))
}

describe('clients that take too much', () => {
  it('refuses a URL of 10 kB with 414, and one that has 20 kB and goes on with 431', async () => {
    const { url, port } = await serve()
    expect((await ask(url, `/${'a'.repeat(10_000)}`)).status).toBe(414)
    // No end of the line: more is to come, and is not waited for.
    const { answer } = await speak(port, `GET /${'a'.repeat(20_000)}`)
    expect(await answer).toMatch(/^HTTP\/1\.1 431 /)
    expect((await ask(url, '/index.html')).status).toBe(200)
  })

  it('hangs up on who sends a URL of 10 MB, and does not take all of it', async () => {
    const { url, port } = await serve()
    const socket = connect(port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.on('error', () => undefined)
    // Whether it is told why is chance: what is still to be written when a connection is reset takes the answer with it.
    const failure = await new Promise((done) => socket.write(`GET /${'a'.repeat(10_000_000)}`, done))
    expect(failure).toMatchObject({ code: expect.stringMatching(/^(?:ECONNRESET|EPIPE)$/) as string })
    expect((await ask(url, '/index.html')).status).toBe(200)
  })

  it('cuts off who sends headers a byte at a time', async () => {
    const { url, port } = await serve({ timeouts: { headers: 300, request: 300 } })
    const { socket, answer } = await speak(port, 'GET /index.html HTTP/1.1\r\nhost: x\r\n')
    const timer = setInterval(() => socket.write('x'), 50)
    const started = Date.now()
    expect(await answer).toMatch(/^HTTP\/1\.1 408 /)
    clearInterval(timer)
    expect(Date.now() - started).toBeLessThan(3000)
    expect((await ask(url, '/index.html')).status).toBe(200)
  })

  it('cuts off who takes no bytes of an answer', async () => {
    const { dir, manifest } = await writeDelivery({ 'film.mp4': { content: 'x'.repeat(40_000_000) } })
    const server = await startServer(manifest, { dir, port: 0, timeouts: { idle: 300 } })
    onTestFinished(() => server.close())
    const { socket, answer } = await speak(server.port, 'GET /film.mp4 HTTP/1.1\r\nhost: x\r\n\r\n')
    socket.pause()
    await sleep(1500)
    socket.resume()
    expect((await answer).length).toBeLessThan(40_000_000)
  })

  it('does not take a made up response header from a request', async () => {
    const { port } = await serve()
    const { answer } = await speak(
      port,
      'GET /notes/%0d%0aset-cookie:evil=1 HTTP/1.1\r\nhost: x\r\naccept: text/html\r\nconnection: close\r\n\r\n',
    )
    expect((await answer).toLowerCase()).not.toContain('set-cookie')
  })
})
