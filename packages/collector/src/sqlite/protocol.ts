import type { Sla } from '@paceline/kit'
import type { Arrived, Filter, GroupBy, StoredRelease } from '../store/store.ts'
import type { Retention } from './roller.ts'

/** What a thread is started with. */
export interface ThreadData {
  readonly role: 'writer' | 'roller' | 'reader'
  readonly dir: string
  readonly sla: Sla
  readonly retention: Retention
  /** Shared: bodies of the last batch, and the second in which it was written. */
  readonly pressure: Int32Array
}

/** Bodies end to end in one buffer, which changes hands without being copied. */
export interface PackedDeliveries {
  readonly bodies: Uint8Array<ArrayBuffer>
  readonly ends: Uint32Array
  readonly at: Float64Array
  readonly bots: Uint8Array
  /** Absent when none is known. */
  readonly countries?: readonly string[]
}

export type Request =
  | { readonly type: 'append'; readonly packed: PackedDeliveries }
  | { readonly type: 'watch'; readonly on: boolean }
  | { readonly type: 'putRelease'; readonly release: StoredRelease }
  | { readonly type: 'sweep'; readonly now: number }
  | { readonly type: 'check'; readonly at: number }
  | { readonly type: 'settle' | 'learn' | 'statistics' | 'dimensions' | 'close' }
  | { readonly type: 'cells'; readonly filter: Filter; readonly groupBy: GroupBy }
  | { readonly type: 'operations' | 'culprits' | 'objectives'; readonly filter: Filter }
  | { readonly type: 'release'; readonly release: string }

export interface Message {
  readonly id: number
  readonly request: Request
}

export type Answer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly problem: string }
  | { readonly arrived: readonly Arrived[] }
  /** Why what arrives is not added to the figures; nothing once it is again. */
  | { readonly trouble: string | undefined }
  /** What somebody has done to the files of the store. */
  | { readonly found: string }
  | { readonly ready: true }
  | { readonly failed: string }

/** Of `append`. */
export interface AppendResult {
  /** Beacons of each body; 0: invalid. */
  readonly beacons: Uint8Array
  readonly problems: Readonly<Record<string, number>>
}
