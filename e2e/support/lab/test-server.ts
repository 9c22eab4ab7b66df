import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Answer = (request: IncomingMessage, response: ServerResponse) => void

export interface TestServer {
  readonly url: string
  close(): Promise<void>
}

/** A server that answers each path as it is told, and all others with 404. */
export async function startTestServer(answers: Readonly<Record<string, Answer>>): Promise<TestServer> {
  const server: Server = createServer((request, response) => {
    const answer = answers[new URL(request.url ?? '/', 'http://localhost').pathname]
    if (answer) answer(request, response)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** A page with some markup and a script. */
export function html(body: string, script = ''): Answer {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(
      `<!doctype html><html lang="en"><head><title>Lab</title><link rel="icon" href="data:,"></head><body>${body}<script>${script}</script></body></html>`,
    )
  }
}
