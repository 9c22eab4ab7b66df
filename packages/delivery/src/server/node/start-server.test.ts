import { rm, symlink, writeFile, mkdir, truncate } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { writeFixture } from '@paceline/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { sha256, smallSite, smallSiteOptions, writeDelivery } from '../../testing/delivery-fixture.ts'
import { ask, type Got } from '../../testing/request.ts'
import { startServer, type RunningServer, type ServerOptions } from './start-server.ts'

const SCRIPT = '/assets/index-AAAA1111.js'
const PAGE = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

interface Served extends RunningServer {
  readonly dir: string
  readonly warnings: readonly string[]
  get(path: string, headers?: Record<string, string>): Promise<Got>
}

async function serve(options: Partial<ServerOptions> = {}): Promise<Served> {
  const { dir, manifest } = await writeDelivery(smallSite, { ...smallSiteOptions, notFound: 'robots.txt' })
  const warnings: string[] = []
  const server = await startServer(manifest, { dir, port: 0, warn: (line) => warnings.push(line), ...options })
  onTestFinished(() => server.close())
  return { ...server, dir, warnings, get: (path, headers = {}) => ask(server.url, path, { headers }) }
}

const contentOf = (file: string): string => String(smallSite[file]!.content)

describe('the server', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
    ['zstd', zstdDecompressSync],
  ])('sends %s to who asks for it, from disk and from memory', async (encoding, decode) => {
    const { get } = await serve()
    for (const source of ['disk', 'memory']) {
      const { status, headers, body } = await get(SCRIPT, { 'accept-encoding': encoding })
      expect([status, headers['content-encoding']]).toEqual([200, encoding])
      expect(headers['server-timing']).toContain(source)
      expect(headers['cache-control']).toContain('immutable')
      expect(headers.vary).toBe('Accept-Encoding, Available-Dictionary')
      expect(headers['use-as-dictionary']).toBe('match="/assets/index-*.js"')
      expect(Number(headers['content-length'])).toBe(body.byteLength)
      expect(decode(body).toString()).toBe(contentOf('assets/index-AAAA1111.js'))
    }
  })

  it('sends a delta to who has the release before, and to nobody else', async () => {
    const { get } = await serve()
    const dictionary = Buffer.from(contentOf('assets/index-0000BBBB.js'))
    const hash = Buffer.from(sha256(dictionary), 'hex')
    const accepts = { 'accept-encoding': 'gzip, br, zstd, dcz' }
    const { headers, body } = await get(SCRIPT, { ...accepts, 'available-dictionary': `:${hash.toString('base64')}:` })
    expect(headers['content-encoding']).toBe('dcz')
    expect(zstdDecompressSync(body.subarray(40), { dictionary }).toString()).toBe(contentOf('assets/index-AAAA1111.js'))
    const other = await get(SCRIPT, { ...accepts, 'available-dictionary': `:${Buffer.alloc(32).toString('base64')}:` })
    expect(other.headers['content-encoding']).toBe('br')
    expect(other.headers.etag).not.toBe(headers.etag)
  })

  it('takes what a request says for what it means, whatever files are called', async () => {
    const files = ['a%20b.txt', 'a?b.txt', 'a#b.txt', 'a b.txt'].map((name) => [name, { content: name }] as const)
    const { dir, manifest } = await writeDelivery(Object.fromEntries(files))
    const { url, close } = await startServer(manifest, { dir, port: 0 })
    onTestFinished(close)
    const answer = async (path: string): Promise<string> => {
      const { status, body } = await ask(url, path)
      return status === 200 ? body.toString() : String(status)
    }
    for (const [name] of files) expect(await answer(`/${encodeURIComponent(name)}`)).toBe(name)
    expect(await answer('/a%20b.txt')).toBe('a b.txt')
    expect(await answer('/a?b.txt')).toBe('404')
  })

  it('sends a picture in the best format the browser names', async () => {
    const { get } = await serve()
    const { headers, body } = await get('/photo.jpg', { accept: 'image/avif,image/webp,*/*;q=0.8' })
    expect([headers['content-type'], headers.vary, body.toString()]).toEqual(['image/avif', 'Accept', 'in AVIF'])
    expect((await get('/photo.jpg', { accept: '*/*' })).headers['content-type']).toBe('image/jpeg')
  })

  it('answers navigations with the page of their route and its links', async () => {
    const { get } = await serve()
    const note = await get('/notes/7?tab=1', PAGE)
    expect([note.status, note.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(note.headers.link).toBe('</assets/index-AAAA1111.js>; rel=modulepreload')
    expect(note.hints).toEqual([])
    expect((await get('/', PAGE)).headers.link).toContain('main-CCCC2222.css')
    const other = await get('/about/us', PAGE)
    expect([other.status, other.headers.link]).toEqual([200, undefined])
    expect((await get('/about/us', { 'sec-fetch-mode': 'navigate', accept: '*/*' })).status).toBe(200)
  })

  it('sends early hints when it is told to', async () => {
    const { get } = await serve({ earlyHints: 'always' })
    expect((await get('/notes/7', PAGE)).hints.join()).toContain('index-AAAA1111.js')
    expect((await get(SCRIPT)).hints).toEqual([])
  })

  it.each([
    ['/assets/index-gone.js', PAGE],
    ['/missing.js', PAGE],
    ['/missing.png', { accept: 'image/avif,*/*' }],
    ['/api/users', { accept: 'application/json' }],
    ['/about/us', { accept: '*/*', 'sec-fetch-mode': 'cors' }],
    [`${SCRIPT}.br`, {}],
    [`${SCRIPT}/`, PAGE],
  ])('has a real 404 for %s', async (path, headers) => {
    const { get } = await serve()
    const { status, headers: answered } = await get(path, headers)
    expect(status).toBe(404)
    expect(answered.etag === undefined || answered['content-type']).not.toBe('text/html; charset=utf-8')
  })

  it('sends the page for what is not there with 404, whatever the browser has', async () => {
    const { get } = await serve()
    const { status, headers, body } = await get('/assets/gone.js', PAGE)
    expect([status, body.toString()]).toEqual([404, contentOf('robots.txt')])
    const again = await get('/assets/gone.js', { ...PAGE, 'if-none-match': headers.etag!, range: 'bytes=0-1' })
    expect([again.status, again.body.toString()]).toEqual([404, contentOf('robots.txt')])
  })

  it('answers HEAD, conditions, parts and other methods as RFC 9110 says', async () => {
    const { url, get } = await serve()
    const whole = await get(SCRIPT)
    const head = await ask(url, SCRIPT, { method: 'HEAD' })
    expect([head.status, head.headers['content-length'], head.body.byteLength]).toEqual([
      200,
      whole.headers['content-length'],
      0,
    ])
    const unchanged = await get(SCRIPT, { 'if-none-match': whole.headers.etag! })
    expect([unchanged.status, unchanged.body.byteLength]).toEqual([304, 0])
    expect(unchanged.headers).toMatchObject({ etag: whole.headers.etag, vary: whole.headers.vary })
    expect(unchanged.headers['cache-control']).toBe(whole.headers['cache-control'])
    const part = await get(SCRIPT, { range: 'bytes=5-9' })
    expect([part.status, part.headers['content-range']]).toEqual([206, `bytes 5-9/${whole.body.byteLength}`])
    expect(part.body).toEqual(whole.body.subarray(5, 10))
    const beyond = await get(SCRIPT, { range: 'bytes=999999-' })
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${whole.body.byteLength}`])
    expect((await get(SCRIPT, { 'accept-encoding': 'identity;q=0' })).status).toBe(406)
    const post = await ask(url, SCRIPT, { method: 'POST' })
    expect([post.status, post.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS'])
    expect((await ask(url, SCRIPT, { method: 'OPTIONS' })).status).toBe(204)
    expect((await ask(url, '/nowhere.js', { method: 'POST' })).status).toBe(404)
  })

  it.each([64_000_000, 0])('sends several parts in one answer, with %i bytes of memory', async (memory) => {
    const { get } = await serve({ memory })
    const { status, headers, body } = await get(SCRIPT, { range: 'bytes=0-4, -5' })
    const boundary = /boundary=(.+)$/.exec(headers['content-type']!)![1]!
    const content = contentOf('assets/index-AAAA1111.js')
    const parts = body.toString().split(`--${boundary}`)
    expect(status).toBe(206)
    expect(Number(headers['content-length'])).toBe(body.byteLength)
    expect(parts.map((part) => part.split('\r\n\r\n')[1]?.trimEnd())).toEqual([
      undefined,
      content.slice(0, 5).trimEnd(),
      content.slice(-5).trimEnd(),
      undefined,
    ])
  })

  it('sends what does not fit into memory from disk, the same bytes', async () => {
    const { get } = await serve({ memory: 0 })
    for (let round = 0; round < 2; round++) {
      const { headers, body } = await get(SCRIPT)
      expect(headers['server-timing']).toContain('disk')
      expect(body.toString()).toBe(contentOf('assets/index-AAAA1111.js'))
    }
  })

  it('takes names that have to be encoded', async () => {
    const { get } = await serve()
    expect((await get('/with%20space%20$id.txt')).status).toBe(200)
    expect((await get('/with%20space%20%24id.txt?v=%FF')).status).toBe(200)
  })
})

describe('a directory that changes under the server', () => {
  it('sends a file that somebody edited as it is, compressed by nobody and kept by nobody', async () => {
    const { get, dir, warnings } = await serve({ recheck: 0 })
    const before = await get(SCRIPT, { 'accept-encoding': 'br' })
    await writeFile(join(dir, SCRIPT), 'edited()')
    const after = await get(SCRIPT, { 'accept-encoding': 'br' })
    expect(after.body.toString()).toBe('edited()')
    expect(after.headers['cache-control']).toBe('no-cache')
    expect(after.headers['content-encoding']).toBeUndefined()
    expect(after.headers['use-as-dictionary']).toBeUndefined()
    expect(after.headers.etag).not.toBe(before.headers.etag)
    await get(SCRIPT)
    expect(warnings).toEqual([expect.stringContaining('is not what was built')])
  })

  it('passes over a sibling that does not decode to its file', async () => {
    const { get, dir } = await serve({ recheck: 0 })
    const sibling = join(dir, `${SCRIPT}.br`)
    await writeFile(
      sibling,
      Buffer.alloc(Number((await get(SCRIPT, { 'accept-encoding': 'br' })).headers['content-length'])),
    )
    const { headers, body } = await get(SCRIPT, { 'accept-encoding': 'br, gzip' })
    expect(headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(body).toString()).toBe(contentOf('assets/index-AAAA1111.js'))
  })

  it('has a 404 for a file that is gone, and the file when it is back', async () => {
    const { get, dir } = await serve({ recheck: 0 })
    expect((await get(SCRIPT)).status).toBe(200)
    await rm(join(dir, SCRIPT))
    expect((await get(SCRIPT)).status).toBe(404)
    await writeFile(join(dir, SCRIPT), contentOf('assets/index-AAAA1111.js'))
    expect((await get(SCRIPT)).headers['cache-control']).toContain('immutable')
  })

  it('follows no link out of the directory', async () => {
    const { get, dir } = await serve({ recheck: 0 })
    const secrets = await writeFixture({ 'passwords.txt': 'hunter2', 'folder/robots.txt': 'hunter2' })
    await rm(join(dir, 'robots.txt'))
    await symlink(join(secrets, 'passwords.txt'), join(dir, 'robots.txt'))
    expect((await get('/robots.txt')).status).toBe(404)
    await rm(join(dir, 'assets'), { recursive: true })
    await mkdir(join(secrets, 'assets'))
    await writeFile(join(secrets, SCRIPT), 'hunter2')
    await symlink(join(secrets, 'assets'), join(dir, 'assets'))
    expect((await get(SCRIPT)).status).toBe(404)
  })

  it('takes up a new release with its manifest, and keeps the old one while that is broken', async () => {
    const { dir, manifest } = await writeDelivery(smallSite, smallSiteOptions)
    const file = join(await writeFixture({}), 'manifest.json')
    await writeFile(file, JSON.stringify(manifest))
    const warnings: string[] = []
    const server = await startServer(file, { dir, port: 0, recheck: 0, warn: (line) => warnings.push(line) })
    onTestFinished(() => server.close())
    await writeFile(file, '{"schemaVersion":')
    expect((await ask(server.url, SCRIPT)).status).toBe(200)
    expect(warnings.join()).toContain('is not a delivery manifest')
    const next = { 'assets/index-NEXT2222.js': { content: 'next()', hashed: true, encoded: true } }
    const { manifest: after } = await writeDelivery(next, { dir })
    await writeFile(file, JSON.stringify(after))
    expect((await ask(server.url, '/assets/index-NEXT2222.js')).status).toBe(200)
    expect((await ask(server.url, SCRIPT)).status).toBe(404)
  })

  it('changes from one release to the next as a whole when a link is switched', async () => {
    const folder = await writeFixture({})
    for (const release of ['one', 'two']) {
      const content = `export const release = '${release}'`
      const dir = join(folder, release, 'dist')
      const { manifest } = await writeDelivery({ 'app.js': { content, encoded: true } }, { dir })
      await writeFile(join(folder, release, 'manifest.json'), JSON.stringify(manifest))
    }
    const current = join(folder, 'current')
    await symlink('one', current)
    const server = await startServer(join(current, 'manifest.json'), {
      dir: join(current, 'dist'),
      port: 0,
      recheck: 0,
    })
    onTestFinished(() => server.close())
    expect((await ask(server.url, '/app.js')).body.toString()).toContain('one')
    await rm(current)
    await symlink('two', current)
    const { body, headers } = await ask(server.url, '/app.js', { headers: { 'accept-encoding': 'br' } })
    expect([brotliDecompressSync(body).toString(), headers['content-encoding']]).toEqual([
      "export const release = 'two'",
      'br',
    ])
  })

  it('ends the connection when a file is cut short while it is sent', async () => {
    const content = 'x'.repeat(30_000_000)
    const { dir, manifest } = await writeDelivery({ 'film.mp4': { content } })
    const server = await startServer(manifest, { dir, port: 0 })
    onTestFinished(() => server.close())
    const socket = connect(server.port, '127.0.0.1')
    let received = 0
    const closed = new Promise<void>((done) => socket.once('close', () => done()))
    socket.on('error', () => undefined)
    socket.write('GET /film.mp4 HTTP/1.1\r\nhost: x\r\n\r\n')
    await new Promise<void>((done) => socket.once('data', () => done()))
    socket.pause()
    await truncate(join(dir, 'film.mp4'), 1000)
    socket.on('data', (chunk: Buffer) => (received += chunk.byteLength))
    socket.resume()
    await closed
    expect(received).toBeLessThan(content.length)
  })
})
