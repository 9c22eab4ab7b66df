import { connect } from 'node:net'
import type { Socket } from 'node:net'

export interface LoadOptions {
  readonly port: number
  readonly connections: number
  /** Beacons in one request. */
  readonly perPost: number
  /** Milliseconds. */
  readonly duration: number
  /** Requests per second in all. Absent: as many as are answered. */
  readonly rate?: number
  /** Number of the first page, so that no two runs have the same pages. */
  readonly firstPage?: number
  /** Called with the page of each request that was answered 204. */
  readonly acknowledged?: (page: number) => void
}

export interface LoadResult {
  readonly answered: number
  /** Answers that were not 204, by status. */
  readonly others: Readonly<Record<string, number>>
  readonly perSecond: number
  /** Milliseconds from a request to its answer; of requests that waited for their turn, from when it was due. */
  readonly latencies: Float64Array
}

const DIGITS = 12
const ZEROS = '0'.repeat(DIGITS)

export const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0'

const DEVICES = ['mobile', 'desktop', 'tablet'] as const

/** A beacon of an ordinary page, 560 bytes: of twenty routes, three classes of device and two releases, fast and slow. */
function template(index: number): object {
  const scale = 0.5 + ((index * 37) % 101) / 50
  return {
    v: 1,
    release: index % 2 === 0 ? '0123456789ab' : 'ba9876543210',
    page: `00000000-0000-4000-8000-${ZEROS}`,
    seq: 3,
    type: 'update',
    route: index % 20,
    nav: 'navigate',
    device: DEVICES[index % 3],
    at: 1_763_769_600_000,
    sampleRate: 1,
    metrics: { lcp: 1823.4 * scale, inp: 96 * scale, cls: 0.0213 * scale, fcp: 911.2 * scale, ttfb: 203.1 * scale },
    operations: [
      { name: 'export', kind: 'operation', ms: 1204.5, ok: true },
      { name: 'GET /api/notes/:id', kind: 'api', ms: 84.1, ok: true },
    ],
    culprits: [{ metric: 'inp', file: 'index-Dk3f9a2b.js', char: 48_211, ms: 64, target: 'button.save' }],
    bytes: { network: 184_211, http: 20_480, serviceWorker: 0 },
  }
}

/** What a request of one beacon says of a page. */
export function beaconOf(page: number): object {
  return { ...template(0), page: `00000000-0000-4000-8000-${page.toString(16).padStart(DIGITS, '0')}` }
}

/** Sends beacons over connections that are kept alive, by hand: a client library would take more of the machine than the server. */
export async function sendLoad(options: LoadOptions): Promise<LoadResult> {
  const { port, connections, perPost, duration, rate, firstPage = 1, acknowledged } = options
  const latencies: number[] = []
  const others: Record<string, number> = {}
  let page = firstPage
  const begin = performance.now()
  const end = begin + duration
  let sent = 0
  const one = (connection: number): Promise<void> =>
    new Promise((resolve) => {
      const { request: own, places } = makeRequest(perPost, connection)
      const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
      let at = 0
      let current = 0
      const next = (): void => {
        const now = performance.now()
        const due = rate === undefined ? Infinity : begin + (sent / rate) * 1000
        if (now >= end || (rate !== undefined && due >= end)) {
          socket.destroy()
          return resolve()
        }
        sent++
        const send = (): void => {
          // What waited for its turn waited since it was due.
          at = Math.min(due, performance.now())
          current = page
          for (const place of places) own.write((page++).toString(16).padStart(DIGITS, '0'), place, 'latin1')
          socket.write(own)
        }
        if (rate !== undefined && due > now + 1) setTimeout(send, due - now)
        else send()
      }
      socket.on('connect', next)
      socket.on('data', (answer) => {
        // Answers are short and come in one piece: status line and headers, no body.
        const status = answer.toString('latin1', 9, 12)
        latencies.push(performance.now() - at)
        if (status === '204') acknowledged?.(current)
        else others[status] = (others[status] ?? 0) + 1
        next()
      })
      socket.on('error', () => resolve())
      socket.on('close', () => resolve())
    })
  await Promise.all(Array.from({ length: connections }, (_, connection) => one(connection)))
  const took = (performance.now() - begin) / 1000
  return {
    answered: latencies.length,
    others,
    perSecond: latencies.length / took,
    latencies: Float64Array.from(latencies).toSorted(),
  }
}

interface Prepared {
  readonly request: Buffer
  /** Where the numbers of the pages are. */
  readonly places: readonly number[]
}

/** @param connection of those of one connection all are alike but for their pages */
function makeRequest(perPost: number, connection: number): Prepared {
  const beacons = Array.from({ length: perPost }, (_, index) => template(connection * perPost + index))
  const body = JSON.stringify(perPost === 1 ? beacons[0] : beacons)
  const head = `POST /__paceline/beacon HTTP/1.1\r\nHost: localhost\r\nUser-Agent: ${USER_AGENT}\r\nContent-Type: text/plain;charset=UTF-8\r\nContent-Length: ${body.length}\r\n\r\n`
  const text = head + body
  const places: number[] = []
  const mark = `8000-${ZEROS}`
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) places.push(at + mark.length - DIGITS)
  return { request: Buffer.from(text, 'latin1'), places }
}
