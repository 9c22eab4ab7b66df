import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import type { BuildReport } from '@paceline/build-graph'
import { BEACON_PATH, type Beacon } from '@paceline/kit'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** Nothing inline, nothing from elsewhere. */
export const STRICT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'"

export interface CollectingSite {
  readonly url: string
  /** Of the build. */
  readonly report: BuildReport
  /** Folder of the reports. */
  readonly reports: string
  /** In the order in which they came. */
  readonly beacons: Beacon[]
  /** Bytes of the bodies. */
  readonly bodies: string[]
  /** What the endpoint answers; 0: it hangs up. */
  status: number
  /** Milliseconds until the endpoint answers. */
  delay: number
  /** Whether files are served in brotli. */
  isCompressed: boolean
  /** Of every document. */
  policy: string
  /** The last of every page, by its UUID. */
  pages(): Map<string, Beacon>
  close(): Promise<void>
}

/** Serves a build and keeps what its pages say. */
export async function collectBeacons(root: string): Promise<CollectingSite> {
  const dir = join(root, 'dist')
  const reports = join(root, '.paceline')
  const beacons: Beacon[] = []
  const bodies: string[] = []
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = ''
    for await (const part of request) body += String(part)
    if (site.delay > 0) await new Promise((resolve) => setTimeout(resolve, site.delay))
    if (site.status === 0) {
      request.socket.destroy()
      return
    }
    if (site.status < 300) {
      bodies.push(body)
      beacons.push(...([JSON.parse(body)] as (Beacon | Beacon[])[]).flat())
    }
    response.writeHead(site.status).end()
  }
  const answer = async (path: string, response: ServerResponse): Promise<void> => {
    if (path.startsWith('/api/')) {
      response.writeHead(path.startsWith('/api/missing') ? 404 : 200, { 'content-type': 'application/json' }).end('{}')
      return
    }
    const file = extname(path) === '' ? 'index.html' : path
    try {
      const body = await readFile(join(dir, file))
      const type = TYPES[extname(file)] ?? 'application/octet-stream'
      const coded = site.isCompressed ? { 'content-encoding': 'br' } : {}
      response
        .writeHead(200, { 'content-type': type, 'content-security-policy': site.policy, ...coded })
        .end(site.isCompressed ? brotliCompressSync(body) : body)
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not here')
    }
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    void (pathname === BEACON_PATH ? receive(request, response) : answer(pathname, response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const site: CollectingSite = {
    url: `http://127.0.0.1:${port}`,
    report: JSON.parse(await readFile(join(reports, 'report.json'), 'utf8')) as BuildReport,
    reports,
    beacons,
    bodies,
    status: 204,
    delay: 0,
    isCompressed: false,
    policy: STRICT_POLICY,
    pages() {
      const last = new Map<string, Beacon>()
      for (const beacon of beacons) if (beacon.seq >= (last.get(beacon.page)?.seq ?? 0)) last.set(beacon.page, beacon)
      return last
    },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return site
}
