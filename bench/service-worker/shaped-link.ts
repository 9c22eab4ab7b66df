import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** One request that went up, and what came down for it. */
export interface Transfer {
  readonly method: string
  /** Path with its query. */
  readonly path: string
  /** Headers included. */
  bytes: number
}

/**
 * A way to a server with the delay and the rate of a slow 4G connection, on which all that comes down is counted. Throttling of the browser's own would
 * have to be asked of the page and of the worker one by one, and the worker's first downloads are over before it can be.
 */
export class ShapedLink {
  /** Since the last reset, in the order in which they went up. */
  transfers: Transfer[] = []
  /** Where to. */
  target: string
  readonly #sockets = new Set<Socket>()
  readonly #rttMs: number
  readonly #bytesPerMs: number
  /** When the link is free again. */
  #freeAt = 0
  readonly #server = createServer((down) => this.#join(down))

  /** Slow 4G of Lighthouse by default: 150 ms, 1.6 Mbit/s. */
  constructor(target: string, { rttMs = 150, bitsPerSecond = 1_638_400 } = {}) {
    this.target = target
    this.#rttMs = rttMs
    this.#bytesPerMs = bitsPerSecond / 8000
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  reset(): void {
    this.transfers = []
  }

  /** A deploy: the next requests go elsewhere, those of connections that the browser keeps open, too. */
  switchTo(target: string): void {
    this.target = target
    for (const socket of this.#sockets) socket.destroy()
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #join(down: Socket): void {
    const { hostname, port } = new URL(this.target)
    const up = connect(Number(port), hostname)
    for (const socket of [down, up]) {
      this.#sockets.add(socket)
      // A browser that is closed resets its connections.
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        this.#sockets.delete(socket)
        down.destroy()
        up.destroy()
      })
    }
    // Of HTTP/1.1, a connection answers one request after the other.
    let current: Transfer | undefined
    down.on('data', (chunk) => {
      const line = /^([A-Z]+) (\S+) HTTP/.exec(chunk.toString('latin1'))
      if (line) this.transfers.push((current = { method: line[1]!, path: line[2]!, bytes: 0 }))
      setTimeout(() => up.writable && up.write(chunk), this.#rttMs / 2)
    })
    up.on('data', (chunk) => {
      if (current) current.bytes += chunk.length
      const now = performance.now()
      // All connections share one rate.
      this.#freeAt = Math.max(now, this.#freeAt) + chunk.length / this.#bytesPerMs
      setTimeout(() => down.writable && down.write(chunk), this.#freeAt - now + this.#rttMs / 2)
    })
  }
}
