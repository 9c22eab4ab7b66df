import type { IncomingMessage, Server } from 'node:http'
import type { Http2SecureServer, Http2ServerRequest, Http2Session } from 'node:http2'
import type { Socket } from 'node:net'
import type { NodeResponse } from './send-answer.ts'

/** Milliseconds between two looks for connections that have become idle. */
const LOOK = 50

/**
 * Makes a server close without cutting anybody off.
 *
 * @param grace milliseconds after which those are cut off who still take their answer
 * @returns closes the server: no new connections, idle ones end, the others when their answer has
 */
export function closeGracefully(server: Server | Http2SecureServer, grace: number): () => Promise<void> {
  /** Connections by the number of requests of HTTP/1 that they wait for. */
  const busy = new Map<Socket, number>()
  const sessions = new Set<Http2Session>()
  let isClosing = false

  const count = (socket: Socket, step: number): void => {
    const known = busy.get(socket)
    if (known === undefined) return
    busy.set(socket, known + step)
    if (isClosing && known + step === 0) socket.end()
  }
  const onConnection = (socket: Socket): void => {
    busy.set(socket, 0)
    socket.once('close', () => busy.delete(socket))
  }
  // Behind TLS the socket of a request is not that of the connection.
  if ('closeIdleConnections' in server) {
    server.on('connection', onConnection)
    sparePending(server, busy)
  } else {
    server.on('secureConnection', onConnection)
    server.prependListener('request', (request: IncomingMessage | Http2ServerRequest, response: NodeResponse) => {
      if (request.httpVersionMajor >= 2) return
      const { socket } = request
      count(socket, 1)
      response.once('close', () => count(socket, -1))
    })
  }
  server.on('session', (session: Http2Session) => {
    sessions.add(session)
    session.once('close', () => sessions.delete(session))
  })
  const close = async (): Promise<void> => {
    isClosing = true
    server.prependListener('request', (request: IncomingMessage | Http2ServerRequest, response: NodeResponse) => {
      // The client opens its next connection elsewhere.
      if (request.httpVersionMajor < 2) response.setHeader('connection', 'close')
    })
    const closed = new Promise<void>((done) => server.close(() => done()))
    for (const session of sessions) session.close()
    const endIdle = (): void => {
      if ('closeIdleConnections' in server) return server.closeIdleConnections()
      const ofSessions = new Set([...sessions].map(({ socket }) => socket.remotePort))
      for (const [socket, requests] of busy) {
        if (requests === 0 && !ofSessions.has(socket.remotePort)) socket.end()
      }
    }
    endIdle()
    const looking = setInterval(endIdle, LOOK)
    const late = setTimeout(() => {
      for (const session of sessions) session.destroy()
      for (const socket of busy.keys()) socket.destroy()
    }, grace)
    await closed
    clearInterval(looking)
    clearTimeout(late)
  }
  let closed: Promise<void> | undefined
  return () => (closed ??= close())
}

/**
 * Node's `close` takes a connection for idle as soon as its answer was handed over, and cuts off whoever has not taken all of it yet. The others wait
 * as long: the server cannot be closed before in any case.
 */
function sparePending(server: Server, sockets: ReadonlyMap<Socket, number>): void {
  const closeIdle = server.closeIdleConnections.bind(server)
  server.closeIdleConnections = () => {
    for (const { writableLength } of sockets.keys()) if (writableLength > 0) return
    closeIdle()
  }
}
