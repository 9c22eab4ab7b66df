import type { Cell } from '../cells/cell.ts'
import type { Tally } from '../cells/tally.ts'
import type { Beacon } from '@paceline/kit'

/** The body of one request, and what is known of who sent it. */
export interface Delivery {
  readonly body: Uint8Array
  /** When it arrived, milliseconds since the epoch by the clock of this machine. */
  readonly at: number
  /** Two letters, or empty. */
  readonly country: string
  readonly bot: boolean
}

/** What became of one body. */
export type Verdict = 'stored' | 'invalid'

/** What became of several. */
export interface Receipt {
  readonly verdicts: readonly Verdict[]
  /** Beacons on disk. */
  readonly beacons: number
  /** What was wrong, by the name of the field, with counts. */
  readonly problems: Readonly<Record<string, number>>
}

/** Which pages. Times are milliseconds since the epoch; whole hours count: `from` is rounded down, `to` up. */
export interface Filter {
  readonly from: number
  readonly to: number
  readonly release?: string | undefined
  /** Its name, the same in all releases; or its number in `release`, which is named then. */
  readonly route?: string | number | undefined
  readonly nav?: string | undefined
  readonly device?: string | undefined
  readonly country?: string | undefined
  /** @default false pages of programs are left out */
  readonly bots?: boolean | undefined
}

export type GroupBy = 'none' | 'release' | 'route' | 'release-route' | 'nav' | 'device' | 'country' | 'hour' | 'day'

export interface CellGroup {
  /** Of the dimension; milliseconds for `hour` and `day`; of `release-route` release and number with a space between; empty for `none`. */
  readonly key: string
  readonly cell: Cell
}

export interface OperationGroup {
  readonly name: string
  readonly kind: string
  readonly tally: Tally
}

/** Places that made a metric worse. */
export interface CulpritGroup {
  readonly release: string
  /** Number in that release. */
  readonly route: number
  readonly metric: string
  readonly file: string
  readonly char: number
  readonly n: number
  readonly ms: number
  readonly target: string
}

/** An objective of the SLA in a span of time, counted in slots of five minutes. */
export interface ObjectiveCount {
  /** A vital, `operations`, or `opened`: pages that were opened, of which `bad` did not report yet. */
  readonly name: string
  readonly n: number
  readonly bad: number
}

/** A route of whatever releases have it. */
export interface KnownRoute {
  /** Its path, or its id where it has none. */
  readonly name: string
  /** Absent where nothing is known of it. */
  readonly id?: string
}

/** Values that can be asked for. */
export interface KnownDimensions {
  readonly releases: readonly { readonly release: string; readonly first: number; readonly last: number }[]
  /** By their names. Of a release whose routes are not known: `unknown`. */
  readonly routes: readonly KnownRoute[]
  readonly navs: readonly string[]
  readonly devices: readonly string[]
  readonly countries: readonly string[]
}

/** A release that was pushed. */
export interface StoredRelease {
  readonly release: string
  /** When it was pushed, milliseconds since the epoch. */
  readonly at: number
  /** Paths of its routes, by number. */
  readonly routes: readonly RouteName[]
  /** Everything else, as JSON: see `ReleaseUpload`. */
  readonly content: string
}

export interface RouteName {
  readonly id: string
  readonly path?: string | undefined
}

/** What became of beacons lately, for whoever watches. */
export interface Arrived {
  readonly at: number
  readonly bot: boolean
  readonly country: string
  readonly beacon: Beacon
}

export interface StoreStatistics {
  readonly bytes: number
  /** Beacons that are on disk and in no figure yet. */
  readonly behind: number
  /** Beacons that were left out of a breakdown, because there were too many different values. */
  readonly overflow: number
}

/**
 * Where beacons are kept. Two of these exist, and one suite of tests holds both to the same: what was given to `append` and is `stored` survives
 * a SIGKILL; the same beacons give the same counts, bit for bit, in whatever order, and however often, they arrive.
 */
export interface Store {
  readonly kind: 'sqlite' | 'clickhouse'
  /** Settles when all of it is on disk. @throws when it cannot be written; then nothing of it counts */
  append(deliveries: readonly Delivery[]): Promise<Receipt>
  /** Waits until all that was stored before is in the figures. */
  settle(): Promise<void>
  cells(filter: Filter, groupBy: GroupBy): Promise<readonly CellGroup[]>
  operations(filter: Filter): Promise<readonly OperationGroup[]>
  /** Worst first, at most 200. */
  culprits(filter: Filter): Promise<readonly CulpritGroup[]>
  /** Up to two hours in slots of five minutes, more in whole hours; kept for four days. */
  objectives(filter: Filter): Promise<readonly ObjectiveCount[]>
  dimensions(): Promise<KnownDimensions>
  putRelease(release: StoredRelease): Promise<void>
  release(release: string): Promise<StoredRelease | undefined>
  /** Deletes what is older than it may be. */
  sweep(now: number): Promise<void>
  statistics(): Promise<StoreStatistics>
  /**
   * Tries whether beacons can be stored and asked for now. What has died meanwhile is started anew.
   *
   * @returns why not, in words that anybody may read: no paths and no addresses
   */
  check(): Promise<string | undefined>
  /** Shows what arrives, until the returned function is called. */
  watch(listener: (arrived: readonly Arrived[]) => void): () => void
  close(): Promise<void>
}
