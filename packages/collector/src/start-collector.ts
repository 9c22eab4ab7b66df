import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createCollector } from './collector.ts'
import type { Collector } from './collector.ts'
import type { CollectorOptions } from './options.ts'
import { createHttpServer } from './server/http-server.ts'

export interface RunningCollector {
  readonly collector: Collector
  /** `http://127.0.0.1:4318` */
  readonly url: string
  /** Takes no more, answers what was taken, and ends. */
  close(): Promise<void>
}

/** Answers that are under way get so long. */
const GRACE = 5000

/**
 * Opens a collector with a server of its own.
 *
 * @param port 0 for any that is free
 * @throws what `createCollector` throws, and what keeps the server from listening (`EADDRINUSE`)
 */
export async function startCollector(port: number, options?: CollectorOptions): Promise<RunningCollector> {
  const collector = await createCollector(options)
  const server = createHttpServer((request, response) => collector.handler(request, response))
  try {
    server.listen(port, collector.options.host)
    await once(server, 'listening')
  } catch (error) {
    await collector.close()
    throw error
  }
  const address = server.address() as AddressInfo
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return {
    collector,
    url: `http://${host}:${address.port}`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      const timer = setTimeout(() => server.closeAllConnections(), GRACE)
      // First the answers: a connection that waits for one is not idle.
      await collector.close()
      server.closeIdleConnections()
      await closed
      clearTimeout(timer)
    },
  }
}
