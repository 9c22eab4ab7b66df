import { connect as connectHttp2 } from 'node:http2'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { generate } from 'selfsigned'
import { describe, expect, it, onTestFinished } from 'vitest'
import { smallSite, smallSiteOptions, writeDelivery } from '../../testing/delivery-fixture.ts'
import { ask } from '../../testing/request.ts'
import { startServer } from './start-server.ts'

describe('the server in its life', () => {
  it.each([
    ['disk', 0],
    ['memory', 400_000_000],
  ])('finishes what is under way from %s when it is closed, and takes nothing new', async (source, memory) => {
    const { dir, manifest } = await writeDelivery({ 'film.mp4': { content: 'x'.repeat(20_000_000) } })
    const server = await startServer(manifest, { dir, port: 0, memory, recheck: 60_000 })
    // From disk first, whatever may be kept.
    await ask(server.url, '/film.mp4', { method: 'HEAD' })
    const socket = connect(server.port, '127.0.0.1')
    let received = 0
    const ended = new Promise<void>((done) => socket.once('close', () => done()))
    socket.write('GET /film.mp4 HTTP/1.1\r\nhost: x\r\n\r\n')
    const first = await new Promise<Buffer>((done) => socket.once('data', (chunk: Buffer) => done(chunk)))
    received += first.byteLength
    expect(first.toString('latin1')).toContain(`server-timing: ${source}`)
    socket.pause()
    const closed = server.close()
    await expect(ask(server.url, '/film.mp4')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    // Time for whoever takes the connection for idle.
    await sleep(200)
    socket.on('data', (chunk: Buffer) => (received += chunk.byteLength))
    socket.resume()
    await Promise.all([closed, ended])
    expect(received).toBeGreaterThan(20_000_000)
  })

  it('closes connections that only wait, at once', async () => {
    const { dir, manifest } = await writeDelivery(smallSite, smallSiteOptions)
    const server = await startServer(manifest, { dir, port: 0 })
    const socket = connect(server.port, '127.0.0.1')
    socket.write('GET /robots.txt HTTP/1.1\r\nhost: x\r\n\r\n')
    await new Promise<void>((done) => socket.once('data', () => done()))
    const started = Date.now()
    await server.close()
    expect(Date.now() - started).toBeLessThan(2000)
  })

  it('says who can do what when the port is taken', async () => {
    const { dir, manifest } = await writeDelivery(smallSite)
    const server = await startServer(manifest, { dir, port: 0 })
    onTestFinished(() => server.close())
    await expect(startServer(manifest, { dir, port: server.port })).rejects.toMatchObject({
      code: 'PACELINE_SERVE_PORT',
      message: expect.stringContaining('EADDRINUSE'),
    })
  })

  it('writes a line for each request that nobody can forge', async () => {
    const { dir, manifest } = await writeDelivery(smallSite)
    const lines: string[] = []
    const server = await startServer(manifest, { dir, port: 0, accessLog: (line) => lines.push(line) })
    await ask(server.url, '/robots.txt', { headers: { 'user-agent': 'a "quote" \\ here' } })
    await ask(server.url, '/nowhere.js')
    await server.close()
    expect(lines[0]).toMatch(
      /^127\.0\.0\.1 - - \[\d{2}\/\w{3}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000\] "GET \/robots\.txt HTTP\/1\.1" 200 14 "-" "a \\x22quote\\x22 \\x5c here"\n$/,
    )
    expect(lines[1]).toContain('"GET /nowhere.js HTTP/1.1" 404 ')
  })

  it('gives paths of a mount to that', async () => {
    const { dir, manifest } = await writeDelivery(smallSite, smallSiteOptions)
    const mount = {
      path: '/__paceline/',
      handle: (_: unknown, response: { end(text: string): unknown }) => response.end('dashboard'),
    }
    const server = await startServer(manifest, { dir, port: 0, mounts: [mount] })
    onTestFinished(() => server.close())
    expect((await ask(server.url, '/__paceline/anything')).body.toString()).toBe('dashboard')
  })

  it('speaks HTTP/2 with early hints before a page, and all there is over it', async () => {
    const { dir, manifest } = await writeDelivery(smallSite, smallSiteOptions)
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }])
    const server = await startServer(manifest, { dir, port: 0, tls: { cert, key } })
    expect(server.url).toMatch(/^https:/)
    const client = connectHttp2(server.url, { rejectUnauthorized: false })
    const get = (headers: Record<string, string>): Promise<{ status: number; hints: string[]; length: number }> =>
      new Promise((done, failed) => {
        const stream = client.request(headers)
        const hints: string[] = []
        let status = 0
        let length = 0
        stream.on('headers', (early) => hints.push(String(early['link'])))
        stream.on('response', (answered) => (status = Number(answered[':status'])))
        stream.on('data', (chunk: Buffer) => (length += chunk.byteLength))
        stream.on('end', () => done({ status, hints, length }))
        stream.on('error', failed)
      })
    for (const round of ['disk', 'memory']) {
      const page = await get({ ':path': '/notes/1', accept: 'text/html' })
      expect([round, page.status, page.hints.join()]).toEqual([round, 200, expect.stringContaining('modulepreload')])
    }
    expect((await get({ ':path': '/assets/main-CCCC2222.css' })).length).toBe(
      Buffer.byteLength(String(smallSite['assets/main-CCCC2222.css']!.content)),
    )
    expect(await get({ ':path': '/assets/gone.js' })).toMatchObject({ status: 404 })
    expect(await get({ ':path': '/photo.jpg', range: 'bytes=0-1' })).toMatchObject({ status: 206, length: 2 })
    expect((await get({ ':path': `/${'a'.repeat(10_000)}` })).status).toBe(414)
    client.close()
    await server.close()
  })
})
