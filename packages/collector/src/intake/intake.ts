import type { IncomingMessage, ServerResponse } from 'node:http'
import { MAX_BEACON_BYTES } from '@paceline/kit'
import type { Store } from '../store/store.ts'
import { isBot } from './bots.ts'
import { clientAddress } from './client-address.ts'
import { GroupCommit } from './group-commit.ts'
import { emptyIntakeCounts } from './intake-counts.ts'
import type { IntakeCounts } from './intake-counts.ts'
import type { RateLimiter } from './token-bucket.ts'

export interface IntakeOptions {
  readonly store: Store
  /** Absent: no client is ever told to wait. */
  readonly limiter?: RateLimiter | undefined
  /** Origins whose pages may send beacons from elsewhere. `*`: all. */
  readonly cors: readonly string[]
  readonly trustProxy: boolean
  /** Header, in lower case, in which a proxy says the country: `cf-ipcountry`. */
  readonly countryHeader?: string | undefined
  readonly now: () => number
  /** Told of beacons that could not be stored. */
  readonly failed: (error: Error) => void
}

/** A body that does not arrive within this many milliseconds is given up. */
const BODY_TIMEOUT = 10_000
/** Requests whose bodies are being read: each costs memory, however slowly it comes. */
const MOST_READING = 5000
const MOST_READING_BYTES = 32 * 1024 * 1024
const RETRY_AFTER = '5'
const COUNTRY = /^[A-Z]{2}$/
const TYPES = /^(?:text\/plain|application\/json)\s*(?:;|$)/i

/**
 * Takes beacons. It answers 204 when they are on disk and not before; 400, 413, 429 and 503 say why they are not. Plain `node:http`: this is the
 * one path on which everything that a framework adds costs as much as the work itself.
 */
export class Intake {
  readonly counts: IntakeCounts = emptyIntakeCounts()
  readonly #options: IntakeOptions
  readonly #commits: GroupCommit
  /** Since when each body is being read. */
  readonly #reading = new Map<IncomingMessage, number>()
  /** When each request that is not answered yet came. */
  readonly #begun = new WeakMap<ServerResponse, number>()
  /** Of the bodies that are being read. */
  #readingBytes = 0
  readonly #slow = setInterval(() => this.#endSlow(), BODY_TIMEOUT / 2).unref()
  #isClosed = false

  constructor(options: IntakeOptions) {
    this.#options = options
    this.#commits = new GroupCommit(options.store, this.counts, options.failed)
  }

  /** Takes no more, and waits until what was taken is answered. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#slow)
    await this.#commits.drain()
    await this.#options.limiter?.close()
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    this.#begun.set(response, performance.now())
    this.#allowOrigin(request, response)
    if (request.method === 'OPTIONS') return this.#answer(response, 204)
    if (request.method !== 'POST') return this.#refuse(request, response, 405, { allow: 'POST, OPTIONS' })
    const { 'content-type': type = '', 'content-encoding': encoding, 'content-length': length } = request.headers
    if (Number(length ?? 0) > MAX_BEACON_BYTES) return this.#refuse(request, response, 413)
    // Nothing is unpacked: 64 kB of gzip may be gigabytes.
    if (!TYPES.test(type) || encoding !== undefined) return this.#refuse(request, response, 400)
    if (this.#isClosed || this.#commits.isFull || this.#reading.size >= MOST_READING)
      return this.#refuse(request, response, 503, { 'retry-after': RETRY_AFTER })
    const wait = this.#take(request)
    if (typeof wait === 'number') return this.#goOn(request, response, wait)
    void wait.then((seconds) => this.#goOn(request, response, seconds))
  }

  #take(request: IncomingMessage): number | Promise<number> {
    const { limiter, trustProxy, now } = this.#options
    return limiter ? limiter.take(clientAddress(request, trustProxy), now()) : 0
  }

  #goOn(request: IncomingMessage, response: ServerResponse, wait: number): void {
    // Who has gone away meanwhile says so no more, and would be waited for.
    if (request.destroyed) return
    if (wait > 0) this.#refuse(request, response, 429, { 'retry-after': `${wait}` })
    else this.#read(request, response)
  }

  #read(request: IncomingMessage, response: ServerResponse): void {
    let first: Buffer | undefined
    let chunks: Buffer[] | undefined
    let length = 0
    let isDone = false
    this.#reading.set(request, performance.now())
    const done = (): boolean => {
      if (isDone) return false
      isDone = true
      this.#readingBytes -= length
      return this.#reading.delete(request)
    }
    request.on('data', (chunk: Buffer) => {
      if (isDone) return
      length += chunk.length
      this.#readingBytes += chunk.length
      if (length > MAX_BEACON_BYTES) {
        done()
        this.#refuse(request, response, 413)
      } else if (this.#readingBytes > MOST_READING_BYTES) {
        done()
        this.#refuse(request, response, 503, { 'retry-after': RETRY_AFTER })
      } else if (first === undefined) first = chunk
      else (chunks ??= [first]).push(chunk)
    })
    request.on('end', () => {
      if (done()) this.#store(request, response, chunks ? Buffer.concat(chunks) : (first ?? Buffer.alloc(0)))
    })
    // Node does not throw the error of a request that nobody listens to; it closes.
    request.on('close', done)
  }

  /** One timer for all: one for each would cost more than the rest of reading. */
  #endSlow(): void {
    const oldest = performance.now() - BODY_TIMEOUT
    for (const [request, since] of this.#reading) if (since < oldest) request.destroy()
  }

  #store({ headers }: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const { countryHeader, now } = this.#options
    const said = countryHeader === undefined ? undefined : headers[countryHeader]
    const country = typeof said === 'string' && COUNTRY.test(said) ? said : ''
    const bot = isBot(headers['user-agent'])
    if (bot) this.counts.bots++
    this.#commits.add({ body, at: now(), country, bot }, (verdict) => {
      if (verdict === 'stored') this.#answer(response, 204)
      else if (verdict === 'invalid') this.#answer(response, 400)
      else this.#answer(response, 503, { 'retry-after': RETRY_AFTER })
    })
  }

  #answer(response: ServerResponse, status: number, headers?: Readonly<Record<string, string>>): void {
    this.counts.answers[status] = (this.counts.answers[status] ?? 0) + 1
    this.counts.latency.observe((performance.now() - this.#begun.get(response)!) / 1000)
    response.writeHead(status, headers)
    response.end()
  }

  /** Without having read the body: the connection cannot be used again. */
  #refuse(
    request: IncomingMessage,
    response: ServerResponse,
    status: number,
    headers: Readonly<Record<string, string>> = {},
  ): void {
    // In HTTP/2 connections are shared, and the header is refused; the stream is reset below.
    const own = request.httpVersionMajor < 2 ? { connection: 'close' } : {}
    this.#answer(response, status, { ...headers, ...own })
    // What is still on its way is thrown away for a moment, so that the answer is read before the connection ends.
    request.resume()
    setTimeout(() => request.destroy(), 1000).unref()
  }

  #allowOrigin({ headers: { origin } }: IncomingMessage, response: ServerResponse): void {
    const { cors } = this.#options
    if (origin === undefined || cors.length === 0) return
    response.setHeader('vary', 'origin')
    if (!cors.includes('*') && !cors.includes(origin)) return
    response.setHeader('access-control-allow-origin', cors.includes('*') ? '*' : origin)
    response.setHeader('access-control-allow-methods', 'POST')
    response.setHeader('access-control-allow-headers', 'content-type')
    response.setHeader('access-control-max-age', '86400')
  }
}
