import { readFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { listFiles } from '@paceline/build-graph'
import { encoders } from '@paceline/kit'

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
}

export interface Site {
  readonly url: string
  close(): void
}

/** Answers what is below `/api/`. */
export type Api = (path: string) => Promise<{ readonly type: string; readonly body: Uint8Array }>

/**
 * A single-page app as a CDN serves it: HTTP/2, brotli 11 encoded ahead of time, files kept for ever, the document for addresses.
 * Chromium speaks HTTP/2 over TLS only, so the certificate is one that it must be told to accept.
 */
export async function serveHttp2(dist: string, api: Api): Promise<Site> {
  const files = new Map<string, Encoded>()
  for (const file of await listFiles(dist)) files.set(`/${file}`, await encode(join(dist, file)))
  const { private: key, cert } = await certificate()
  const server = createSecureServer({ key, cert }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500)
      response.end(String(error))
    })
  })
  const answer = async (request: Http2ServerRequest, response: Http2ServerResponse): Promise<void> => {
    const path = decodeURIComponent(new URL(request.url, 'https://localhost').pathname)
    if (path.startsWith('/api/')) {
      const { type, body } = await api(request.url)
      response.writeHead(200, { 'content-type': type })
      return void response.end(body)
    }
    const file = files.get(path) ?? (extname(path) === '' ? files.get('/index.html') : undefined)
    if (file === undefined) return void response.writeHead(404).end()
    response.writeHead(200, file.headers)
    response.end(file.body)
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `https://localhost:${port}`, close: () => void server.close() }
}

interface Encoded {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

async function encode(path: string): Promise<Encoded> {
  const content = readFileSync(path)
  const type = TYPES[extname(path)]
  const lasting = extname(path) === '.html' ? 'no-cache' : 'public, max-age=31536000, immutable'
  const headers = { 'content-type': type ?? 'application/octet-stream', 'cache-control': lasting }
  // Images and fonts are compressed already.
  if (type === undefined) return { headers, body: content }
  return { headers: { ...headers, 'content-encoding': 'br' }, body: await encoders.brotli.encode(content) }
}

interface Certificate {
  readonly private: string
  readonly cert: string
}

/** The package is installed in bench/ only, so its types are not there when the repository is checked. */
async function certificate(): Promise<Certificate> {
  const name = 'selfsigned'
  const { default: selfsigned }: { default: { generate(attributes: object[]): Promise<Certificate> } } = await import(
    name
  )
  return selfsigned.generate([{ name: 'commonName', value: 'localhost' }])
}
