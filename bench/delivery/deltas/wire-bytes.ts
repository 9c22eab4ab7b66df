import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2'
import { Duplex } from 'node:stream'
import { connect, type TLSSocket } from 'node:tls'
import { startServer } from '@paceline/delivery/server'
import { generate } from 'selfsigned'

/** One request of a visit. */
export interface WireRequest {
  /** With `/` in front. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** What came back for one request. */
export interface WireAnswer {
  readonly status: number
  readonly encoding: string | undefined
  /** Bytes of the content as it was sent. */
  readonly body: number
  /** Bytes of HTTP/2 for the whole answer: frames with their headers, compressed header block, content. What Chromium calls `encodedDataLength`. */
  readonly wire: number
}

/**
 * Serves a build over HTTP/2 and asks one request after the other over one connection, the page first as in any visit: headers that were sent before cost a byte
 * or two each from then on (HPACK).
 */
export async function wireBytes(
  site: { readonly dir: string; readonly manifest: string },
  requests: readonly WireRequest[],
): Promise<WireAnswer[]> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], { keySize: 2048 })
  const server = await startServer(site.manifest, { dir: site.dir, port: 0, tls: { cert, key } })
  const received = { bytes: 0 }
  const session = connectHttp2(server.url, { createConnection: () => counted(server.port, received) })
  try {
    await ask(session, { path: '/', headers: { accept: 'text/html', 'accept-encoding': 'br' } })
    const answers: WireAnswer[] = []
    for (const request of requests) {
      const before = received.bytes
      const answer = await ask(session, request)
      answers.push({ ...answer, wire: received.bytes - before })
    }
    return answers
  } finally {
    session.destroy()
    await server.close()
  }
}

/** A connection that counts what arrives, within TLS. */
function counted(port: number, received: { bytes: number }): Duplex {
  const socket: TLSSocket = connect({ host: '127.0.0.1', port, ALPNProtocols: ['h2'], rejectUnauthorized: false })
  const duplex = new Duplex({
    read: () => void socket.resume(),
    write: (chunk: Buffer, _, done) => void socket.write(chunk, done),
    final: (done) => void socket.end(done),
    destroy: (error, done) => {
      socket.destroy()
      done(error)
    },
  })
  socket.on('data', (chunk: Buffer) => {
    received.bytes += chunk.byteLength
    if (!duplex.push(chunk)) socket.pause()
  })
  socket.once('end', () => duplex.push(null))
  socket.once('error', (error) => duplex.destroy(error))
  return duplex
}

function ask(session: ClientHttp2Session, { path, headers }: WireRequest): Promise<Omit<WireAnswer, 'wire'>> {
  return new Promise((done, failed) => {
    let status = 0
    let encoding: string | undefined
    let body = 0
    const stream = session.request({ ':path': path, ...headers })
    stream.once('response', (answer) => {
      status = Number(answer[':status'])
      encoding = answer['content-encoding']
    })
    stream.on('data', (chunk: Buffer) => (body += chunk.byteLength))
    stream.once('end', () => done({ status, encoding, body }))
    stream.once('error', failed)
    session.once('error', failed)
  })
}
