import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Where the runtime is, for a visit that has it: the same build is measured with and without. */
const RUNTIME = '/assets/vitals-bench.js'

export interface MeasuredSite {
  readonly url: string
  close(): void
}

/**
 * Stands before a server, takes its own runtime out of its pages, and writes the tag of this one into them when the address has `?with`; web-vitals alone with
 * `?web-vitals`.
 *
 * @param target `http://…` of the server
 */
export async function serveWithRuntime(target: string, code: string, webVitals: string): Promise<MeasuredSite> {
  const server = createServer((incoming, answer) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', target)
    if (pathname === RUNTIME) {
      const asked = searchParams.has('alone') ? webVitals : code
      answer.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' }).end(asked)
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
        const isAlone = searchParams.has('web-vitals')
        const tag = `<script type="module" async crossorigin fetchpriority="low" src="${RUNTIME}${isAlone ? '?alone' : ''}" data-paceline="000000000000"></script>`
        answer.writeHead(got.statusCode ?? 500, { 'content-type': 'text/html; charset=utf-8' })
        const bare = html.replaceAll(/<script[^>]*\bdata-paceline=[^>]*><\/script>/g, '')
        answer.end(searchParams.has('with') || isAlone ? bare.replace('</head>', `${tag}</head>`) : bare)
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
