import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/**
 * A way to a server with the delay and the rate of a slow 4G connection, on which all that comes down is counted. Throttling of the browser's own would
 * have to be asked of the page and of the worker one by one, and the worker's first downloads are over before it can be.
 */
export class ShapedLink {
  /** Bytes that came down since the last reset, headers included, and requests that went up. */
  bytes = 0
  requests: string[] = []
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
    this.bytes = 0
    this.requests = []
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
    down.on('data', (chunk) => {
      const line = /^(?:GET|HEAD|POST) (\S+) HTTP/.exec(chunk.toString('latin1'))
      if (line) this.requests.push(line[1]!)
      setTimeout(() => up.writable && up.write(chunk), this.#rttMs / 2)
    })
    up.on('data', (chunk) => {
      this.bytes += chunk.length
      const now = performance.now()
      // All connections share one rate.
      this.#freeAt = Math.max(now, this.#freeAt) + chunk.length / this.#bytesPerMs
      setTimeout(() => down.writable && down.write(chunk), this.#freeAt - now + this.#rttMs / 2)
    })
  }
}
