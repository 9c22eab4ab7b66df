import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { writeFixture } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import { fileHeaders } from '../../policy/file-headers.ts'
import { pathResolver } from '../../policy/resolve-path.ts'
import { smallSite, smallSiteOptions, writeDelivery, type DeliveryFixture } from '../../testing/delivery-fixture.ts'
import { resolveTargetOptions } from '../target-options.ts'
import { cloudflare } from './cloudflare.ts'

interface Worker {
  fetch(request: Request, env: { ASSETS: { fetch(request: Request): Promise<Response> } }): Promise<Response>
}

type Ask = (path: string, headers?: Record<string, string>, method?: string) => Promise<Response>

/** The Worker in Node, with a directory for assets. */
async function startWorker(): Promise<DeliveryFixture & { ask: Ask }> {
  const site = await writeDelivery(smallSite, smallSiteOptions)
  const root = await writeFixture({})
  const { content } = cloudflare(site.manifest, resolveTargetOptions(undefined)).find(
    ({ file }) => file === 'worker.js',
  )!
  await writeFile(join(root, 'worker.mjs'), content)
  const { default: worker } = (await import(/* @vite-ignore */ pathToFileURL(join(root, 'worker.mjs')).href)) as {
    default: Worker
  }
  const ASSETS = {
    async fetch(request: Request): Promise<Response> {
      const bytes = await readFile(join(site.dir, decodeURIComponent(new URL(request.url).pathname))).catch(
        () => undefined,
      )
      if (!bytes) return new Response(null, { status: 404 })
      const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get('range') ?? '') ?? []
      if (first === undefined) return new Response(new Uint8Array(bytes))
      const total = bytes.byteLength
      if (Number(first) >= total)
        return new Response(null, { status: 416, headers: { 'content-range': `bytes */${total}` } })
      const headers = { 'content-range': `bytes ${first}-${last}/${total}` }
      return new Response(new Uint8Array(bytes.subarray(Number(first), Number(last) + 1)), { status: 206, headers })
    },
  }
  const ask: Ask = (path, headers = {}, method = 'GET') =>
    worker.fetch(new Request(`https://example.com${path}`, { headers, method }), { ASSETS })
  return { ...site, ask }
}

const bodyOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer())
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('the Worker', () => {
  it('sends every file as it is and in its encodings, with the headers of the table', async () => {
    const { ask, manifest } = await startWorker()
    for (const file of manifest.files) {
      const path = `/${file.file.split('/').map(encodeURIComponent).join('/')}`
      const plain = await ask(path)
      expect([file.file, plain.status, sha256(await bodyOf(plain))]).toEqual([file.file, 200, file.sha256])
      expect(Object.fromEntries(plain.headers)).toMatchObject(fileHeaders(manifest, file))
      if (!file.encodings) continue
      expect(sha256(brotliDecompressSync(await bodyOf(await ask(path, { 'accept-encoding': 'br' }))))).toBe(file.sha256)
      const gzip = await ask(path, { 'accept-encoding': 'br;q=0, zstd;q=0.0, gzip' })
      expect([gzip.headers.get('content-encoding'), sha256(gunzipSync(await bodyOf(gzip)))]).toEqual([
        'gzip',
        file.sha256,
      ])
    }
  })

  it('sends a delta to who has exactly what it is made against', async () => {
    const { ask, manifest } = await startWorker()
    const file = manifest.files.find(({ deltas }) => deltas)!
    const [delta] = file.deltas!
    const dictionary = `:${Buffer.from(delta!.dictionary, 'hex').toString('base64')}:`
    const sent = await ask(`/${file.file}`, {
      'accept-encoding': `br, ${delta!.encoding}`,
      'available-dictionary': dictionary,
    })
    expect([sent.headers.get('content-encoding'), (await bodyOf(sent)).byteLength]).toEqual([
      delta!.encoding,
      delta!.bytes,
    ])
    const other = await ask(`/${file.file}`, {
      'accept-encoding': 'br, dcb, dcz',
      'available-dictionary': dictionary.toLowerCase(),
    })
    expect(other.headers.get('content-encoding')).toBe('br')
  })

  it('answers every address as the table says', async () => {
    const { ask, manifest } = await startWorker()
    const resolve = pathResolver(manifest)
    const paths = [
      '/',
      '/notes/7',
      '/notes/7/8',
      '/assets/old.js',
      '/old.js',
      '/x.y',
      '/index.html',
      '/assets',
      '/constructor',
    ]
    for (const path of paths) {
      for (const accept of ['text/html', '*/*', 'application/json']) {
        const expected = resolve(path, accept)
        const { status, headers } = await ask(path, { accept })
        expect([path, accept, status]).toEqual([path, accept, expected ? 200 : 404])
        expect(headers.get('link')).toBe(expected?.document?.links.join(', ') ?? null)
      }
    }
  })

  it('passes on parts, and where the file ends', async () => {
    const { ask, dir } = await startWorker()
    const whole = await readFile(join(dir, 'robots.txt'))
    const part = await ask('/robots.txt', { range: 'bytes=1-4' })
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      `bytes 1-4/${whole.byteLength}`,
      whole.subarray(1, 5).toString(),
    ])
    const beyond = await ask('/robots.txt', { range: 'bytes=900-901' })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${whole.byteLength}`])
    // Parts of what it was, say: then all of what it is.
    expect((await ask('/robots.txt', { range: 'bytes=1-4', 'if-range': '"old"' })).status).toBe(200)
  })

  it('answers 304, formats, other methods and malformed addresses', async () => {
    const { ask } = await startWorker()
    const etag = (await ask('/sw.js')).headers.get('etag')!
    expect((await ask('/sw.js', { 'if-none-match': `"a", W/${etag}` })).status).toBe(304)
    expect((await ask('/sw.js', { 'if-none-match': etag, 'accept-encoding': 'br' })).status).toBe(200)
    expect((await ask('/photo.jpg', { accept: 'image/avif' })).headers.get('content-type')).toBe('image/avif')
    expect([
      (await ask('/', {}, 'POST')).status,
      (await ask('/%ff')).status,
      (await ask('/robots.txt%00')).status,
    ]).toEqual([405, 400, 400])
  })
})
