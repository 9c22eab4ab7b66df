import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Where the program is that is measured: the same build of the site is measured with each of them. */
export const PROGRAM = '/assets/vitals-bench.js'

export interface MeasuredSite {
  readonly url: string
  close(): void
}

/**
 * Stands before a server, takes its own runtime out of its pages, and writes the tag of a program into them when the address names it: `?runtime=NAME`.
 *
 * @param target `http://…` of the server
 * @param programs source texts by name
 */
export async function serveWithRuntime(
  target: string,
  programs: Readonly<Record<string, string>>,
): Promise<MeasuredSite> {
  const server = createServer((incoming, answer) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', target)
    const name = searchParams.get('runtime')
    if (pathname === PROGRAM) {
      answer
        .writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' })
        .end(programs[name ?? ''] ?? '')
      return
    }
    if (pathname.startsWith('/__paceline/')) {
      incoming.resume().on('end', () => answer.writeHead(204).end())
      return
    }
    const headers = { ...incoming.headers, 'accept-encoding': 'identity' }
    const asked = request(new URL(incoming.url ?? '/', target), { method: incoming.method, headers }, (got) => {
      const isPage = String(got.headers['content-type']).startsWith('text/html')
      if (!isPage) {
        answer.writeHead(got.statusCode ?? 500, got.headers)
        got.pipe(answer)
        return
      }
      let html = ''
      got.setEncoding('utf8').on('data', (part: string) => (html += part))
      got.on('end', () => {
        const tag = `<script type="module" async crossorigin fetchpriority="low" src="${PROGRAM}?runtime=${encodeURIComponent(name ?? '')}" data-paceline="000000000000"></script>`
        answer.writeHead(got.statusCode ?? 500, { 'content-type': 'text/html; charset=utf-8' })
        const bare = html.replaceAll(/<script[^>]*\bdata-paceline=[^>]*><\/script>/g, '')
        answer.end(name === null ? bare : bare.replace('</head>', `${tag}</head>`))
      })
    })
    incoming.pipe(asked.on('error', () => answer.writeHead(502).end()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
