import { createServer, request as requestHttp } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { AddressInfo } from 'node:net'

/** One origin behind which a deploy can happen. */
export interface SwitchingProxy {
  readonly url: string
  /** Whose answers the origin gives from now on. */
  use(target: string): void
  close(): Promise<void>
}

/**
 * Passes requests on to one of several servers, untouched: a visitor of the release before comes back to the next one at the same origin.
 *
 * @param insecure whether certificates that nobody vouches for are taken
 */
export async function startSwitchingProxy(first: string, insecure: boolean): Promise<SwitchingProxy> {
  let target = new URL(first)
  const server = createServer((request, response) => pass(request, response, target, insecure))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    use: (next) => void (target = new URL(next)),
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}

function pass(request: IncomingMessage, response: ServerResponse, target: URL, insecure: boolean): void {
  const send = target.protocol === 'https:' ? requestHttps : requestHttp
  const onward = send(
    {
      host: target.hostname,
      port: target.port,
      path: request.url,
      method: request.method,
      headers: { ...request.headers, host: target.host },
      ...(insecure ? { rejectUnauthorized: false } : {}),
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
      answer.on('error', () => response.destroy())
    },
  )
  onward.on('error', () => {
    // The browser has to see a server that is gone, not an answer of ours.
    response.destroy()
  })
  request.pipe(onward)
}
