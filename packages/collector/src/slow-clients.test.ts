import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { Intake } from './intake/intake.ts'
import { createHttpServer } from './server/http-server.ts'
import type { Timeouts } from './server/http-server.ts'
import type { Store } from './store/store.ts'
import { runCollector } from './testing/run-collector.ts'

const HEAD = 'POST /__paceline/beacon HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n'
const BODY = `${HEAD}Content-Length: 60000\r\n\r\n`
/** What no test waits for. */
const NEVER = 3_600_000

async function listen(timeouts: Timeouts): Promise<{ requests: IncomingMessage[]; port: number }> {
  const store = { append: () => Promise.reject(new Error('Nothing is complete here.')) } as unknown as Store
  const intake = new Intake({ store, cors: [], trustProxy: false, now: Date.now, failed: () => {} })
  const requests: IncomingMessage[] = []
  const server = createHttpServer((request, response) => {
    intake.handle(request, response)
    requests.push(request)
  }, timeouts)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await intake.close()
  })
  return { requests, port: (server.address() as AddressInfo).port }
}

/** Says the beginning at once and then one byte after the other, for as long as it is heard. */
function drip(port: number, begin: string): { readonly ended: Promise<string> } {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.setEncoding('latin1').on('data', (text: string) => (answer += text))
  socket.on('error', () => {})
  socket.write(begin)
  const drop = (): void => {
    if (!socket.writable) return
    socket.write('a')
    setTimeout(drop, 5)
  }
  drop()
  onTestFinished(() => void socket.destroy())
  const ended = new Promise<string>((resolve) => socket.on('close', () => resolve(answer.split('\r\n')[0]!)))
  return { ended }
}

describe('a client that sends drop by drop', () => {
  it.each([
    ['its header', `${HEAD}X-Slow: `, { headersTimeout: 100, requestTimeout: NEVER }],
    ['its body', BODY, { headersTimeout: 100, requestTimeout: 200 }],
  ])('is let go by the server when it does so with %s', async (_title, begin, timeouts) => {
    const { port } = await listen({ ...timeouts, connectionsCheckingInterval: 20 })
    expect(await drip(port, begin).ended).toBe('HTTP/1.1 408 Request Timeout')
  })

  it('is let go by the intake when its body takes more than ten seconds, whatever server that is part of', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
    onTestFinished(() => void vi.useRealTimers())
    const { port, requests } = await listen({ headersTimeout: NEVER, requestTimeout: NEVER })
    const { ended } = drip(port, BODY)
    await vi.waitFor(() => expect(requests).toHaveLength(1))
    vi.advanceTimersByTime(10_000)
    expect(requests[0]!.destroyed).toBe(false)
    vi.advanceTimersByTime(5000)
    expect(requests[0]!.destroyed).toBe(true)
    expect(await ended).toBe('')
  })

  it('has ten seconds for its header and twenty for all, and is looked for every two', async () => {
    let server: Server | undefined
    const started = (message: unknown): void => void (server = (message as { readonly server: Server }).server)
    subscribe('http.server.request.start', started)
    onTestFinished(() => void unsubscribe('http.server.request.start', started))
    await (await runCollector()).get('/health/live')
    expect(server).toMatchObject({ headersTimeout: 10_000, requestTimeout: 20_000, maxHeaderSize: 8192 })
    expect(server).toHaveProperty('connectionsCheckingInterval', 2000)
  })
})
