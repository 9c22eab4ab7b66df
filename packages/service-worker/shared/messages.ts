import type { CacheCounts, CacheNotice } from '@paceline/kit'

/** What a page asks its worker. Answers come through the port that is sent along. */
export type Question =
  // By Workbox's name as well: workers that people have written know that one.
  | { readonly paceline: 'skip-waiting'; readonly type: 'SKIP_WAITING' }
  | { readonly paceline: 'release' }
  | { readonly paceline: 'statistics' }
  | { readonly paceline: 'pending' }
  | { readonly paceline: 'replay' }
  /** What was told of is forgotten. */
  | { readonly paceline: 'failed'; readonly told: readonly number[] }
  | { readonly paceline: 'sweep' }

/** Why a body was refused, or a file could not be stored. */
export type ProblemReason =
  | 'status'
  | 'html'
  | 'type'
  | 'length'
  | 'hash'
  | 'network'
  | 'quota'
  | 'storage'
  /** A new worker did not take over when it was told to. */
  | 'takeover'

export interface Problem {
  readonly url: string
  readonly reason: ProblemReason
  /** One sentence. */
  readonly message: string
}

/** A change that was kept, and is not tried again. */
export interface FailedChange {
  readonly id: number
  /** Of the refusal; 0: it got too old. */
  readonly status: number
  readonly request: { readonly url: string } & RequestInit
}

/** What a worker tells its pages without being asked. */
export type Notice =
  | { readonly paceline: 'progress'; readonly release: string; readonly done: number; readonly total: number }
  | { readonly paceline: 'problem'; readonly problem: Problem }
  | { readonly paceline: 'pending-changed'; readonly pending: number }
  /** This tab has begun to send a change, or a worker of some tab, whose end no tab sees. Milliseconds since the epoch. */
  | { readonly paceline: 'sending'; readonly url: string; readonly at: number; readonly isUnseen: boolean }
  | CacheNotice

/** What caches have done since somebody has begun to count. */
export interface Statistics {
  /** Milliseconds since the epoch, by the clock of the device. */
  readonly since: number
  readonly counts: CacheCounts
}

/** The name of the lock that a tab holds while it runs a release. */
export function lockName(scope: string, release: string): string {
  return `paceline:${new URL(scope).pathname}:${release}`
}
