/** What a page asks its worker. Answers come through the port that is sent along. */
export type Question =
  | { readonly paceline: 'skip-waiting' }
  | { readonly paceline: 'release' }
  | { readonly paceline: 'statistics' }
  | { readonly paceline: 'pending' }
  | { readonly paceline: 'replay' }
  | { readonly paceline: 'sweep' }

/** Why a body was refused, or a file could not be stored. */
export type ProblemReason = 'status' | 'html' | 'type' | 'length' | 'hash' | 'network' | 'quota' | 'storage'

export interface Problem {
  readonly url: string
  readonly reason: ProblemReason
  /** One sentence. */
  readonly message: string
}

/** What a worker tells its pages without being asked. */
export type Notice =
  | { readonly paceline: 'progress'; readonly release: string; readonly done: number; readonly total: number }
  | { readonly paceline: 'problem'; readonly problem: Problem }
  | { readonly paceline: 'pending-changed'; readonly pending: number }
  /** This tab has begun to send a change. Milliseconds since the epoch. */
  | { readonly paceline: 'sending'; readonly url: string; readonly at: number }

/** Requests that the worker has answered, of one kind. */
export interface CacheCount {
  readonly hits: number
  readonly misses: number
  /** Bytes of bodies that did not come from the network, as they are stored: not compressed. */
  readonly bytesSaved: number
}

export type StatisticKind = 'page' | 'script' | 'style' | 'image' | 'font' | 'api' | 'other'

export type Statistics = Readonly<Partial<Record<StatisticKind, CacheCount>>>

/** The name of the lock that a tab holds while it runs a release. */
export function lockName(scope: string, release: string): string {
  return `paceline:${new URL(scope).pathname}:${release}`
}
