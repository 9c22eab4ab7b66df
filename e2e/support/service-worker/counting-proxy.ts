import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A way to a server on which everything that comes down is counted, headers included. */
export interface CountingProxy {
  readonly url: string
  /** Bytes since the last reset. */
  readonly bytes: number
  /** `Content-Encoding`s since the last reset, in the order of the answers. */
  readonly encodings: readonly string[]
  reset(): void
  close(): Promise<void>
}

export async function countingProxy(target: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let bytes = 0
  let encodings: string[] = []
  const server = createServer((down) => {
    const up = connect(Number(port), hostname)
    for (const socket of [down, up]) {
      sockets.add(socket)
      // A browser that goes away resets its connections.
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        down.destroy()
        up.destroy()
      })
    }
    up.on('data', (chunk) => {
      bytes += chunk.length
      const found = chunk.toString('latin1').matchAll(/\r\ncontent-encoding: (\w+)\r\n/gi)
      encodings.push(...Array.from(found, ([, encoding]) => encoding!.toLowerCase()))
    })
    down.pipe(up)
    up.pipe(down)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get bytes() {
      return bytes
    },
    get encodings() {
      return encodings
    },
    reset() {
      bytes = 0
      encodings = []
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
