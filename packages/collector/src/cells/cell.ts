import type { VitalName } from '@paceline/kit'
import type { Tally } from './tally.ts'
import { emptyTally, merge } from './tally.ts'

/** What pages are told apart by. */
export interface Dimensions {
  readonly release: string
  /** Number of the route in the release's table; -1: unknown. */
  readonly route: number
  readonly nav: string
  readonly device: string
  /** Two letters, when a proxy says so; else empty. */
  readonly country: string
  readonly bot: boolean
}

/** All pages of an hour or a day that have the same dimensions. */
export interface Cell {
  pages: number
  beacons: number
  /** Pages whose first beacon arrived. */
  opened: number
  /** Pages that were opened and reported afterwards. */
  reported: number
  /** Bytes by where they came from. */
  network: number
  http: number
  serviceWorker: number
  /** Of `network`: what came as a delta. */
  dictionary: number
  requests: number
  /** Of them: those that the network did not see. */
  hits: number
  /** Exceptions that nothing caught. */
  errors: number
  /** Chunks, scripts and stylesheets that could not be loaded. */
  chunkErrors: number
  /** Requests that service workers have answered out of their caches, and those for which they had to ask the network. */
  workerHits: number
  workerMisses: number
  /** Bytes of bodies that did not come from the network because a service worker had them: not compressed. */
  bytesSaved: number
  /** Thousandths of pages that were opened for each that reported and not chosen to report: nothing where all report. */
  unsampled: number
  /** Thousandths of operations beyond those that pages list: of pages that were not chosen, and those that did not fit. */
  unlisted: number
  readonly vitals: Map<VitalName, Tally>
}

/** In the order of their numbers in stored cells: append only. */
export const VITALS: readonly VitalName[] = ['lcp', 'inp', 'cls', 'fcp', 'ttfb', 'tti']

/** In the order of their places in stored cells: append only. */
export const COUNTS = [
  'pages',
  'beacons',
  'opened',
  'reported',
  'network',
  'http',
  'serviceWorker',
  'dictionary',
  'requests',
  'hits',
  'errors',
  'chunkErrors',
  'workerHits',
  'workerMisses',
  'bytesSaved',
  'unsampled',
  'unlisted',
] as const

/** Google's for the vitals (https://web.dev/articles/vitals), Lighthouse's for TTI: good up to the first, poor beyond the second. */
export const THRESHOLDS: Readonly<Record<VitalName, readonly [good: number, poor: number]>> = {
  lcp: [2500, 4000],
  inp: [200, 500],
  cls: [0.1, 0.25],
  fcp: [1800, 3000],
  ttfb: [800, 1800],
  tti: [3800, 7300],
}

export function emptyCell(): Cell {
  return {
    pages: 0,
    beacons: 0,
    opened: 0,
    reported: 0,
    network: 0,
    http: 0,
    serviceWorker: 0,
    dictionary: 0,
    requests: 0,
    hits: 0,
    errors: 0,
    chunkErrors: 0,
    workerHits: 0,
    workerMisses: 0,
    bytesSaved: 0,
    unsampled: 0,
    unlisted: 0,
    vitals: new Map(),
  }
}

/** The tally of a key, made when there is none yet. */
export function tallyOf<Key>(tallies: Map<Key, Tally>, key: Key): Tally {
  const known = tallies.get(key)
  if (known) return known
  const made = emptyTally()
  tallies.set(key, made)
  return made
}

/** Adds one cell to another. */
export function mergeCell(into: Cell, from: Cell): void {
  for (const name of COUNTS) into[name] += from[name]
  for (const [name, tally] of from.vitals) merge(tallyOf(into.vitals, name), tally)
}
