import type { CDPSession } from 'playwright-core'

export type RequestKind = 'document' | 'script' | 'stylesheet' | 'image' | 'font' | 'fetch' | 'other'

/** One request of a page. */
export interface RequestRecord {
  readonly url: string
  readonly kind: RequestKind
  readonly method: string
  /** ms since the navigation began. */
  readonly start: number
  /** Infinity while it goes on. */
  readonly end: number
  /** Absent when there was no answer. */
  readonly status?: number
  /** Whose answer it was. */
  readonly from: 'network' | 'cache' | 'service worker'
  /** Bytes that arrived, headers included; 0 from caches. */
  readonly transferred: number
  /** Bytes of the content, decoded. */
  readonly decoded: number
  readonly failed?: string
}

export interface WatchedRequests {
  /** Requests so far, on the clock of a page whose time began at `origin` (ms since the epoch). */
  since(origin: number): RequestRecord[]
  /** GETs under way. */
  open(): number
  /** `Date.now()` of the last thing that happened. */
  lastChange(): number
}

interface Entry {
  url: string
  kind: RequestKind
  method: string
  start: number
  end: number
  wall: number
  status?: number
  from: RequestRecord['from']
  transferred: number
  decoded: number
  failed?: string
}

const KINDS: Readonly<Record<string, RequestKind>> = {
  Document: 'document',
  Script: 'script',
  Stylesheet: 'stylesheet',
  Image: 'image',
  Font: 'font',
  Fetch: 'fetch',
  XHR: 'fetch',
}

/** Records a page's requests through the DevTools protocol: its times are seconds of a clock of its own, with one wall time for each request. */
export async function watchRequests(session: CDPSession): Promise<WatchedRequests> {
  const requests = new Map<string, Entry>()
  let redirects = 0
  let changed = Date.now()
  session.on('Network.requestWillBeSent', ({ requestId, request, timestamp, wallTime, type, redirectResponse }) => {
    changed = Date.now()
    const redirected = requests.get(requestId)
    if (redirected !== undefined && redirectResponse !== undefined) {
      redirected.end = timestamp
      redirected.status = redirectResponse.status
      redirected.transferred = redirectResponse.encodedDataLength
      requests.set(`${requestId}/${redirects++}`, redirected)
    }
    // What is part of the page is no request.
    if (/^(?:data|blob):/.test(request.url)) return
    requests.set(requestId, {
      url: request.url,
      kind: KINDS[type ?? ''] ?? 'other',
      method: request.method,
      start: timestamp,
      end: Infinity,
      wall: wallTime,
      from: 'network',
      transferred: 0,
      decoded: 0,
    })
  })
  const update = (requestId: string, change: (entry: Entry) => void): void => {
    changed = Date.now()
    const entry = requests.get(requestId)
    if (entry !== undefined) change(entry)
  }
  session.on('Network.requestServedFromCache', ({ requestId }) => update(requestId, (entry) => (entry.from = 'cache')))
  session.on('Network.responseReceived', ({ requestId, response }) =>
    update(requestId, (entry) => {
      entry.status = response.status
      if (response.fromServiceWorker === true) entry.from = 'service worker'
      else if (response.fromDiskCache === true || response.fromPrefetchCache === true) entry.from = 'cache'
    }),
  )
  session.on('Network.dataReceived', ({ requestId, dataLength }) =>
    update(requestId, (entry) => (entry.decoded += dataLength)),
  )
  session.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) =>
    update(requestId, (entry) => {
      entry.end = timestamp
      if (entry.from === 'network') entry.transferred = encodedDataLength
    }),
  )
  session.on('Network.loadingFailed', ({ requestId, timestamp, errorText }) =>
    update(requestId, (entry) => {
      entry.end = timestamp
      entry.failed = errorText
    }),
  )
  await session.send('Network.enable')
  return {
    lastChange: () => changed,
    open: () => [...requests.values()].filter(({ end, method }) => end === Infinity && method === 'GET').length,
    since: (origin) =>
      [...requests.values()].map(({ start, end, wall, ...rest }) => {
        const began = wall * 1000 - origin
        return { ...rest, start: began, end: began + (end - start) * 1000 }
      }),
  }
}

/** What a page sends home as it is left is aborted, and missed by nobody. */
export function isMissing({ method, failed }: RequestRecord): boolean {
  return method === 'GET' && failed !== undefined && failed !== 'net::ERR_ABORTED'
}
