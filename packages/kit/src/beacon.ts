/**
 * What a page tells the collector: `POST /__paceline/beacon`, `text/plain`, JSON: one beacon or an array of at most {@link MAX_BEACONS}. The answer is
 * 204 (it is on disk), 400, 413, 429 or 503. No URL, no text of the page and nothing about the person is in it.
 */
export interface Beacon {
  readonly v: 1
  /** Of the report: 12 hex digits. */
  readonly release: string
  /** UUID of the life of this page: a new one after the back/forward cache and for a soft navigation. */
  readonly page: string
  /** Counts up within a page; the last one wins. */
  readonly seq: number
  /** The first says that the page was opened, so that what is lost can be counted. */
  readonly type: 'opened' | 'update'
  /** Number of the route in the table that the build compiled; -1: unknown. */
  readonly route: number
  readonly nav:
    | 'navigate'
    | 'reload'
    | 'back-forward'
    | 'back-forward-cache'
    | 'prerender'
    | 'restore'
    | 'soft-navigation'
  readonly device: 'mobile' | 'tablet' | 'desktop'
  /** When it was made, milliseconds since the epoch by the clock of the device. */
  readonly at: number
  /** 0 < rate ≤ 1: a page stands for 1 / rate. */
  readonly sampleRate: number
  /** Milliseconds; `cls` has no unit. */
  readonly metrics?: Readonly<Partial<Record<VitalName, number>>>
  /** At most {@link MAX_OPERATIONS}; a uniform sample where there were more. */
  readonly operations?: readonly BeaconOperation[]
  /** How many operations there were: where more than are listed, each of those stands for a share of them. */
  readonly operationsTotal?: number
  readonly culprits?: readonly BeaconCulprit[]
  /** Bytes of the page by where they came from. */
  readonly bytes?: BeaconBytes
  /** What the caches of the service worker did for this page; absent without a worker. */
  readonly caches?: CacheCounts
  /** Counts; absent when there were none. */
  readonly errors?: BeaconErrors
  /** Bytes of the JavaScript heap, where a browser says it. */
  readonly memory?: number
}

/** Encoded bytes of the files of a page, the document included. */
export interface BeaconBytes {
  readonly network: number
  /** Out of the HTTP cache. */
  readonly http: number
  readonly serviceWorker: number
  /** Of `network`: what came as a delta against an earlier release. */
  readonly dictionary?: number
  /** Of all of them, by kind. */
  readonly js?: number
  readonly css?: number
  readonly image?: number
  /** Requests, and how many of them the network did not see. */
  readonly requests?: number
  readonly hits?: number
}

/** Requests of a kind that a service worker has answered. */
export interface CacheCount {
  /** Out of a cache. */
  readonly hits: number
  readonly misses: number
  /** Bytes of bodies that did not come from the network, as they are stored: not compressed. */
  readonly bytesSaved: number
}

export type CacheKind = 'page' | 'script' | 'style' | 'image' | 'font' | 'api' | 'other'

export type CacheCounts = Readonly<Partial<Record<CacheKind, CacheCount>>>

/** What a service worker posts to a page, now and then: what its caches did for it since the last time. */
export interface CacheNotice {
  readonly paceline: 'counted'
  readonly counts: CacheCounts
}

export interface BeaconErrors {
  /** Exceptions and rejections that nothing caught. */
  readonly unhandled: number
  /** Chunks, scripts and stylesheets that could not be loaded. */
  readonly chunks: number
}

export type VitalName = 'lcp' | 'inp' | 'cls' | 'fcp' | 'ttfb' | 'tti'

/** Something that a person waited for. */
export interface BeaconOperation {
  /** At most {@link MAX_NAME} letters. Of an API call, the pattern that the build names; of a route change, the number of the route. */
  readonly name: string
  readonly kind: 'operation' | 'api' | 'route'
  /** Until it was completed or failed. */
  readonly ms: number
  readonly ok: boolean
}

/** A place in a file of the release that made a metric worse; the collector knows which module it is. */
export interface BeaconCulprit {
  /** A vital; `loaf`: a script of a long animation frame; `error`: where an error came from that nothing caught, with 0 ms. */
  readonly metric: string
  /** Name of the file as served, without the path; empty where only the element is known. */
  readonly file: string
  /** Offset in the file, in UTF-16 code units; of `error`, line × `ERROR_LINE` + column, both from 1 on. */
  readonly char: number
  readonly ms: number
  /** The element, as a short selector. */
  readonly target?: string
}

/** In one beacon. */
export const MAX_OPERATIONS = 100
/** Letters of a name or a selector in a beacon. */
export const MAX_NAME = 80
/** In one request. */
export const MAX_BEACONS = 100
/** Of one request; browsers refuse more from a page that is going away. */
export const MAX_BEACON_BYTES: number = 64 * 1024
export const BEACON_PATH: string = '/__paceline/beacon'
