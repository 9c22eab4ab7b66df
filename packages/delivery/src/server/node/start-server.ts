import { createServer, type Server } from 'node:http'
import { createSecureServer, type Http2SecureServer, type Http2Session } from 'node:http2'
import type { AddressInfo, Socket } from 'node:net'
import { deliveryError } from '../../errors.ts'
import { openSite } from '../adapters/live-site.ts'
import { closeGracefully } from './close-gracefully.ts'
import { logAccess } from './access-log.ts'
import { siteHandler, type HandlerOptions } from './create-handler.ts'
import type { Handler } from './handle-request.ts'
import { manifestSource, type ManifestOrigin } from './lazy-site.ts'
import { QuickResponse } from './quick-response.ts'

/** Somebody else's part of the server: `/__paceline/` and what is below it, say. */
export interface Mount {
  /** Beginning of its paths: `/__paceline/`. */
  readonly path: string
  /** A request without a body has been read to its end (`readableEnded`): `for await` has nothing to read, and no `end` event comes. */
  readonly handle: Handler
}

export interface ServerOptions extends HandlerOptions {
  /** @default 4173, the port of `vite preview`; 0: any that is free */
  readonly port?: number | undefined
  /** @default '127.0.0.1' */
  readonly host?: string | undefined
  /** Certificate and key in PEM. With them the server speaks HTTP/2, and HTTP/1 to those who cannot. */
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer } | undefined
  readonly mounts?: readonly Mount[] | undefined
  /** Takes one line for each request, in the combined format. */
  readonly accessLog?: ((line: string) => void) | undefined
  readonly timeouts?: Partial<ServerTimeouts> | undefined
}

/** Milliseconds. Clients that are slower than this are cut off: they hold a connection that somebody else needs. */
export interface ServerTimeouts {
  /** For all headers of a request. @default 10 s */
  readonly headers: number
  /** For a whole request. @default 30 s */
  readonly request: number
  /** Without a byte in either direction, between two requests too. @default 65 s, more than load balancers keep theirs */
  readonly idle: number
  /** For answers under way when the server is asked to stop. @default 10 s */
  readonly shutdown: number
}

export interface RunningServer {
  /** Where it listens, with a `/` at the end. */
  readonly url: string
  readonly port: number
  /** Takes no new connections, finishes what is under way, and is done. */
  close(): Promise<void>
}

const TIMEOUTS: ServerTimeouts = { headers: 10_000, request: 30_000, idle: 65_000, shutdown: 10_000 }
const DEFAULT_PORT = 4173
/** Of all headers of a request, bytes; beyond it Node answers 431. */
const MOST_HEADERS = 16_384

/**
 * Starts the production server.
 *
 * @throws `PACELINE_SERVE_PORT` when the port is taken or may not be used; `PACELINE_DELIVERY_MANIFEST`
 */
export async function startServer(manifest: ManifestOrigin, options: ServerOptions): Promise<RunningServer> {
  const { host = '127.0.0.1', port = DEFAULT_PORT, tls } = options
  const timeouts = { ...TIMEOUTS, ...options.timeouts }
  const site = await openSite(manifestSource(manifest, options.dir), options)
  const handle = withMounts(siteHandler(site, options), options)
  const server = tls ? secureServer(tls, timeouts) : plainServer(timeouts)
  server.on('request', (request, response) => handle(request, response))
  const close = closeGracefully(server, timeouts.shutdown)
  await listen(server, port, host)
  const address = server.address() as AddressInfo
  const name = address.address.includes(':') ? `[${address.address}]` : address.address
  // Nobody can open an address that means "all of them".
  const shown = name === '0.0.0.0' || name === '[::]' ? 'localhost' : name
  return { url: `${tls ? 'https' : 'http'}://${shown}:${address.port}/`, port: address.port, close }
}

function plainServer(timeouts: ServerTimeouts): Server {
  const server = createServer({
    ServerResponse: QuickResponse,
    // A GET has no body whose end anybody waits for.
    optimizeEmptyRequests: true,
    headersTimeout: timeouts.headers,
    requestTimeout: timeouts.request,
    // `timeout` ends connections that wait; one of its own would be set anew twice for each request.
    keepAliveTimeout: 0,
    connectionsCheckingInterval: Math.min(1000, timeouts.headers),
    maxHeaderSize: MOST_HEADERS,
    noDelay: true,
  })
  server.timeout = timeouts.idle
  return server
}

function secureServer(tls: NonNullable<ServerOptions['tls']>, timeouts: ServerTimeouts): Http2SecureServer {
  const server = createSecureServer({
    ...tls,
    allowHTTP1: true,
    handshakeTimeout: timeouts.headers,
    unknownProtocolTimeout: timeouts.headers,
    settings: { maxConcurrentStreams: 128, maxHeaderListSize: MOST_HEADERS },
  })
  // What holds for HTTP/1 holds for those that speak it here.
  Object.assign(server, {
    headersTimeout: timeouts.headers,
    requestTimeout: timeouts.request,
    keepAliveTimeout: 0,
  })
  server.setTimeout(timeouts.idle)
  server.on('timeout', (session: Http2Session | Socket) => session.destroy())
  server.on('sessionError', () => undefined)
  return server
}

/** Mounts come first; the site knows nothing of their paths. */
function withMounts(site: Handler, { mounts = [], accessLog }: ServerOptions): Handler {
  if (mounts.length === 0 && !accessLog) return site
  return (request, response) => {
    if (accessLog) logAccess(request, response, accessLog)
    const { url = '/' } = request
    const mount = mounts.find(({ path }) => url.startsWith(path))
    if (mount) mount.handle(request, response, () => site(request, response))
    else site(request, response)
  }
}

async function listen(server: Server | Http2SecureServer, port: number, host: string): Promise<void> {
  await new Promise<void>((done, failed) => {
    const onError = (cause: NodeJS.ErrnoException): void =>
      failed(deliveryError('PACELINE_SERVE_PORT', [host, port, cause.code ?? cause.message], { cause }))
    server.once('error', onError)
    server.listen(port, host, () => {
      server.off('error', onError)
      done()
    })
  })
}
