import type { RequestKind, RequestRecord } from '../browser/requests.ts'

export interface RequestSum {
  readonly requests: number
  /** Bytes over the network, headers included. */
  readonly transferred: number
  /** Bytes of the contents. */
  readonly decoded: number
  /** Requests that somebody else than the network answered. */
  readonly cached: number
}

export type RequestSums = Readonly<Partial<Record<RequestKind | 'all', RequestSum>>>

/** Requests and bytes by kind, and of all. */
export function sumRequests(requests: readonly RequestRecord[]): RequestSums {
  const sums: Partial<Record<RequestKind | 'all', RequestSum>> = {}
  for (const { kind, from, transferred, decoded } of requests) {
    for (const name of ['all', kind] as const) {
      const sum = sums[name] ?? { requests: 0, transferred: 0, decoded: 0, cached: 0 }
      sums[name] = {
        requests: sum.requests + 1,
        transferred: sum.transferred + transferred,
        decoded: sum.decoded + decoded,
        cached: sum.cached + (from === 'network' ? 0 : 1),
      }
    }
  }
  return sums
}
