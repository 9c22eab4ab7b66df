import { createServer } from 'node:http'
import type { RequestListener, Server, ServerOptions } from 'node:http'

/** Milliseconds. */
export type Timeouts = Pick<
  ServerOptions,
  'headersTimeout' | 'requestTimeout' | 'keepAliveTimeout' | 'connectionsCheckingInterval'
>

/** Slow clients are let go: headers within 10 s, a request within 20 s. Node looks only every 30 s, unless it is told to look more often. */
const TIMEOUTS: Timeouts = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 2000,
}

/** A server that does not listen yet. */
export function createHttpServer(handler: RequestListener, timeouts: Timeouts = TIMEOUTS): Server {
  return createServer({ ...timeouts, maxHeaderSize: 8192 }, handler)
}
