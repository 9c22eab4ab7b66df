import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { startNginx } from '@paceline/testkit'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { DeliveredFile } from '../../manifest.ts'
import { fileHeaders } from '../../policy/file-headers.ts'
import { smallSite, smallSiteOptions, writeDelivery, type DeliveryFixture } from '../../testing/delivery-fixture.ts'
import { resolveTargetOptions } from '../target-options.ts'
import { nginx } from './nginx.ts'

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** As `fetch`, but it sends the path as it is, and decodes nothing. */
function ask(origin: string, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin)
    const sent = request({ hostname, port, path, headers, method, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
    sent.on('error', reject)
    sent.end()
  })
}

async function serve(
  { dir, manifest }: DeliveryFixture,
  atEnd: (stop: () => Promise<void>) => void = onTestFinished,
): Promise<string> {
  const [http, server] = nginx(manifest, resolveTargetOptions({ root: dir }))
  return (await startNginx({ http: http!.content, server: server!.content, atEnd })).origin
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const decoders = { br: brotliDecompressSync, gzip: gunzipSync, zstd: zstdDecompressSync }

let site: DeliveryFixture
let origin: string
let directory: string
let stop: (() => Promise<void>) | undefined
const app = 'assets/index-AAAA1111.js'

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'paceline-nginx-'))
  site = await writeDelivery(smallSite, { ...smallSiteOptions, dir: directory })
  origin = await serve(site, (end) => (stop = end))
})
afterAll(async () => {
  await stop?.()
  await rm(directory, { recursive: true, force: true })
})

const file = (name: string): DeliveredFile => site.manifest.files.find((one) => one.file === name)!
const url = (name: string): string => `/${name.split('/').map(encodeURIComponent).join('/')}`

describe('the nginx target, in nginx', () => {
  it.each(Object.keys(smallSite))(
    'sends %s as it is, with all headers of the policy and no other type',
    async (name) => {
      const answer = await ask(origin, url(name))
      expect(answer.status).toBe(200)
      expect(sha256(answer.body)).toBe(file(name).sha256)
      expect(answer.headers).toMatchObject(fileHeaders(site.manifest, file(name)))
      expect(answer.headers['content-encoding']).toBeUndefined()
      expect(answer.headers['etag']).toBe(`"${file(name).sha256.slice(0, 32)}"`)
    },
  )

  it.each(['br', 'gzip', 'zstd'] as const)(
    'sends every file that has it in %s when it is asked for',
    async (encoding) => {
      const encoded = site.manifest.files.filter(({ encodings }) => encodings?.some((one) => one.encoding === encoding))
      expect(encoded.length).toBeGreaterThan(3)
      for (const one of encoded) {
        const answer = await ask(origin, url(one.file), { 'accept-encoding': encoding })
        expect(answer.headers['content-encoding']).toBe(encoding)
        expect(answer.headers).toMatchObject(fileHeaders(site.manifest, one))
        expect(sha256(decoders[encoding](answer.body))).toBe(one.sha256)
      }
    },
  )

  it.each([
    ['gzip, deflate, br, zstd', 'smallest'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.0, zstd;q=0.000, gzip;q=0.5', 'gzip'],
    ['BR', 'br'],
    ['gzip;q=0', undefined],
    ['identity', undefined],
    ['x-brotli, bro', undefined],
    [`${'a,'.repeat(50)}br`, 'br'],
  ])('takes %j for %s', async (accepted, expected) => {
    const answer = await ask(origin, url(app), { 'accept-encoding': accepted })
    const smallest = file(app).encodings![0]!.encoding
    expect(answer.headers['content-encoding']).toBe(expected === 'smallest' ? smallest : expected)
  })

  const before = sha256(Buffer.from(smallSite['assets/index-0000BBBB.js']!.content))
  const offer = (hash: string): string => `:${Buffer.from(hash, 'hex').toString('base64')}:`
  const swapCase = (text: string): string =>
    [...text].map((one) => (one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase())).join('')

  it.each(['dcb', 'dcz'] as const)('sends a delta in %s to who has what it is made against', async (encoding) => {
    const delta = file(app).deltas!.find((one) => one.encoding === encoding)!
    const answer = await ask(origin, url(app), {
      'accept-encoding': `gzip, br, ${encoding}`,
      'available-dictionary': offer(before),
    })
    expect(answer.headers['content-encoding']).toBe(encoding)
    expect(answer.body.byteLength).toBe(delta.bytes)
    expect(answer.headers).toMatchObject(fileHeaders(site.manifest, file(app)))
    expect(
      answer.body
        .subarray(encoding === 'dcb' ? 4 : 8)
        .subarray(0, 32)
        .toString('hex'),
    ).toBe(before)
    const stream = answer.body.subarray(encoding === 'dcb' ? 36 : 40)
    const dictionary = Buffer.from(smallSite['assets/index-0000BBBB.js']!.content)
    // The types of Node do not know yet that brotli takes one.
    const decoded =
      encoding === 'dcb'
        ? brotliDecompressSync(stream, { dictionary } as object)
        : zstdDecompressSync(stream, { dictionary })
    expect(sha256(decoded)).toBe(file(app).sha256)
  })

  it.each([
    ['another dictionary', offer('00'.repeat(32)), 'br, dcb, dcz'],
    ['a hash in other letters', swapCase(offer(before)), 'br, dcb, dcz'],
    ['an encoding that is not taken', offer(before), 'br'],
    ['an encoding that is forbidden', offer(before), 'br, dcb;q=0, dcz;q=0'],
    ['a hash that is none', before, 'br, dcb, dcz'],
    ['an expression', ':.*:', 'br, dcb, dcz'],
  ])('sends no delta for %s', async (_, dictionary, accepted) => {
    const answer = await ask(origin, url(app), { 'accept-encoding': accepted, 'available-dictionary': dictionary })
    expect([answer.status, answer.headers['content-encoding']]).toEqual([200, 'br'])
  })

  it('chooses the format of a picture by what is taken', async () => {
    const of = async (accept: string): Promise<unknown> => {
      const { headers, body } = await ask(origin, '/photo.jpg', { accept })
      expect(headers['vary']).toBe('Accept')
      return [headers['content-type'], String(body).slice(0, 7), headers['content-encoding']]
    }
    expect(await of('image/avif,image/webp,*/*')).toEqual(['image/avif', 'in AVIF', undefined])
    expect(await of('image/webp,*/*')).toEqual(['image/webp', 'in WebP', undefined])
    expect(await of('image/avif;q=0,image/webp')).toEqual(['image/webp', 'in WebP', undefined])
    expect(await of('*/*')).toEqual(['image/jpeg', 'a photo', undefined])
  })

  it.each([
    ['/', 'text/html', 0],
    ['/notes/7', 'text/html,*/*;q=0.8', 1],
    ['/notes/7/?q=1', '*/*', 1],
    ['/somewhere/else', 'text/html', undefined],
    ['/users/jane.doe', 'text/html', undefined],
  ])('sends the shell for %s, with what it loads first', async (path, accept, index) => {
    const answer = await ask(origin, path, { accept, 'accept-encoding': 'br' })
    expect(answer.status).toBe(200)
    expect(sha256(brotliDecompressSync(answer.body))).toBe(file('index.html').sha256)
    expect(answer.headers).toMatchObject(fileHeaders(site.manifest, file('index.html')))
    const links = index === undefined ? undefined : smallSiteOptions.documents![index]!.links.join(', ')
    expect(answer.headers['link']).toBe(links)
  })

  it.each([
    ['a missing asset', '/assets/index-99999999.js', '*/*'],
    ['a missing asset, navigated to', '/assets/index-99999999.js', 'text/html'],
    ['a missing script elsewhere', '/old.js', 'text/html'],
    ['a directory', '/assets/', 'text/html'],
    ['a call of an API', '/api/things', 'application/json'],
    ['a sibling', '/assets/index-AAAA1111.js.br', '*/*'],
    ['an internal location', '/.paceline-file/robots.txt', 'application/json'],
    ['another case', '/assets/INDEX-AAAA1111.js', '*/*'],
    ['a path out of the root', '/../../../../etc/passwd', 'application/json'],
    ['one that is encoded', '/%2e%2e/%2e%2e/etc/passwd', 'application/json'],
    ['one that is encoded twice', '/%252e%252e/etc/passwd.txt', 'text/html'],
    ['one with backslashes', '/..%5c..%5cetc%5cpasswd.txt', 'text/html'],
  ])('answers %s with 404', async (_, path, accept) => {
    const answer = await ask(origin, path, { accept })
    expect([400, 404]).toContain(answer.status)
    expect(String(answer.body)).not.toContain('Shell')
    expect(answer.headers['cache-control'] ?? 'no-cache').toBe('no-cache')
  })

  it('answers 400 to a NUL in the path', async () => {
    expect((await ask(origin, '/robots.txt%00.js')).status).toBe(400)
  })

  it('answers 304 when the browser has what would be sent, and only then', async () => {
    for (const headers of [{}, { 'accept-encoding': 'br' }, { 'accept-encoding': 'gzip' }] as Record<
      string,
      string
    >[]) {
      const { headers: first } = await ask(origin, url(app), headers)
      const etag = String(first['etag'])
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, `${etag}, "other"`, '*']) {
        const again = await ask(origin, url(app), { ...headers, 'if-none-match': known })
        expect([known, again.status, again.body.byteLength]).toEqual([known, 304, 0])
        expect([again.headers['etag'], again.headers['vary'], again.headers['cache-control']]).toEqual([
          etag,
          first['vary'],
          first['cache-control'],
        ])
      }
      expect((await ask(origin, url(app), { ...headers, 'if-none-match': '"other"' })).status).toBe(200)
    }
    const { headers: plain } = await ask(origin, url(app))
    const other = await ask(origin, url(app), { 'accept-encoding': 'br', 'if-none-match': String(plain['etag']) })
    expect(other.status).toBe(200)
  })

  it('sends a range, and the whole when the rest is of another file', async () => {
    const { headers } = await ask(origin, url(app))
    const part = await ask(origin, url(app), { range: 'bytes=0-9', 'if-range': String(headers['etag']) })
    expect([part.status, part.body.byteLength]).toEqual([206, 10])
    expect((await ask(origin, url(app), { range: 'bytes=0-9', 'if-range': '"other"' })).status).toBe(200)
    expect((await ask(origin, url(app), { range: 'bytes=9999999-' })).status).toBe(416)
  })

  it('sends the file itself when a form of it was not deployed', async () => {
    const own = await writeDelivery(smallSite, smallSiteOptions)
    const there = await serve(own)
    await rm(join(own.dir, `${app}.br`))
    const answer = await ask(there, url(app), { 'accept-encoding': 'br' })
    expect([answer.status, answer.headers['content-encoding']]).toEqual([200, undefined])
    expect(sha256(answer.body)).toBe(own.manifest.files.find((one) => one.file === app)!.sha256)
  })

  it('keeps apart what differs by case, and is mounted where the base says', async () => {
    const files = { 'a/b.txt': { content: 'small' }, 'a/B.txt': { content: 'large' }, '404.html': { content: 'Gone.' } }
    const there = await serve(await writeDelivery(files, { base: '/app/', notFound: '404.html' }))
    expect(String((await ask(there, '/app/a/b.txt')).body)).toBe('small')
    expect(String((await ask(there, '/app/a/B.txt')).body)).toBe('large')
    expect((await ask(there, '/a/b.txt')).status).toBe(404)
    const missing = await ask(there, '/app/a/c.txt', { accept: 'text/html' })
    expect([missing.status, String(missing.body), missing.headers['content-type']]).toEqual([
      404,
      'Gone.',
      'text/html; charset=utf-8',
    ])
  })
})
