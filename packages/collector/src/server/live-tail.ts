import type { ServerResponse } from 'node:http'
import type { Arrived, Store } from '../store/store.ts'

const MOST_WATCHERS = 20
/** Proxies close what is silent for a minute. */
const HEARTBEAT = 15_000
/** One who reads slower than this does not keep the rest in memory. */
const MOST_UNREAD = 256 * 1024

/** Shows beacons as they arrive, as server-sent events. */
export class LiveTail {
  readonly #store: Store
  readonly #watchers = new Set<ServerResponse>()
  #stop: (() => void) | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(store: Store) {
    this.#store = store
  }

  /** @returns whether there was room */
  add(response: ServerResponse): boolean {
    if (this.#watchers.size >= MOST_WATCHERS) return false
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    response.write(': hello\n\n')
    this.#watchers.add(response)
    this.#stop ??= this.#store.watch((arrived) => this.#show(arrived))
    this.#timer ??= setInterval(() => this.#send(': still here\n\n'), HEARTBEAT).unref()
    response.on('close', () => this.#remove(response))
    return true
  }

  close(): void {
    for (const response of this.#watchers) response.end()
    this.#watchers.clear()
    this.#pause()
  }

  #show(arrived: readonly Arrived[]): void {
    // JSON has no line breaks, whatever is in it: an event cannot be forged.
    const lines = arrived.map(({ at, bot, country, beacon }) => {
      const { release, route, nav, device, type, metrics, operations } = beacon
      return JSON.stringify({ at, bot, country, release, route, nav, device, type, metrics, operations })
    })
    this.#send(lines.map((line) => `data: ${line}\n\n`).join(''))
  }

  #send(text: string): void {
    for (const response of this.#watchers) if (response.writableLength < MOST_UNREAD) response.write(text)
  }

  #remove(response: ServerResponse): void {
    this.#watchers.delete(response)
    if (this.#watchers.size === 0) this.#pause()
  }

  #pause(): void {
    this.#stop?.()
    this.#stop = undefined
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}
