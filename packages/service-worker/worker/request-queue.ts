import { Queue, QueueStore } from 'workbox-background-sync'
import { registerRoute } from 'workbox-routing'
import type { WorkerSettings } from '../shared/manifest.ts'
import type { FailedChange, Notice } from '../shared/messages.ts'
import { alone } from './alone.ts'
import { isFromBetween, retryAfter } from './answers.ts'
import { cacheName } from './cache-name.ts'
import { isNext, replayChanges, Unanswered, type QueuedChange, type Replay } from './replay-changes.ts'

const HEADER = 'Idempotency-Key'
declare const self: ServiceWorkerGlobalScope

/** Changes that could not be sent, to be sent again when there is a connection. */
export interface RequestQueue {
  pending(): Promise<number>
  replay(): Promise<void>
  /**
   * Changes that are not tried again.
   *
   * @param told those that a page was told of: they are forgotten
   */
  failed(told: readonly number[]): Promise<FailedChange[]>
}

/**
 * Sends changes with a key of their own, so that a server that has seen one already knows it again, and keeps those that no server has answered.
 *
 * The page gets `202` with `{ "queued": true, "key": … }` for what was kept. A change is sent when all that wait have been answered, which is tried first, for 10
 * seconds at most; if they are not by then, it is kept behind them. Where the server answers, but takes none of them, that is so for changes of the same address.
 */
export function startRequestQueue(
  { match, maxAgeMinutes }: Exclude<WorkerSettings['backgroundSync'], false>,
  tell: (notice: Notice) => Promise<void>,
): RequestQueue {
  const maxAgeMs = maxAgeMinutes * 60_000
  const { scope } = self.registration
  const name = cacheName(scope, 'queue')
  const waiting = new QueueStore(name)
  const failed = new QueueStore(cacheName(scope, 'failed'))
  /** By a clock that nobody sets. */
  let notBefore = 0
  /** Why: what the server has said last. */
  let held: unknown
  const work = async (): Promise<void> => {
    if (performance.now() < notBefore) throw held
    const stores = { waiting, failed } as unknown as Pick<Replay, 'waiting' | 'failed'>
    await replayChanges({ ...stores, maxAgeMs, send: (request) => fetch(request) }).catch((error: unknown) => {
      const response = error instanceof Unanswered ? error.response : undefined
      if (response) {
        notBefore = performance.now() + retryAfter(response)
        held = error
      }
      throw error
    })
  }
  let replaying: Promise<void> | undefined
  // The browser's own event and a page that is back online come together, and a worker that is being installed starts beside the one that runs: what the one
  // sends, the other must not.
  const replay = async (): Promise<void> => {
    replaying ??= alone(name, work).finally(() => {
      replaying = undefined
      return changed()
    })
    return replaying
  }
  const changed = async (): Promise<void> => tell({ paceline: 'pending-changed', pending: await waiting.size() })
  // What fails again stays in the queue.
  const replayQuietly = (): Promise<void> => replay().catch(() => {})
  // Where the browser has no background sync, this replays at once: nothing above may need the queue itself, and nobody hears of a failure. A browser that has
  // it tries again after one. What gets too old is told of, so it is not left to Workbox, which drops it.
  const onSync = 'sync' in self.registration ? replay : replayQuietly
  const queue = new Queue(name, { maxRetentionTime: Infinity, onSync })
  const urls = async (): Promise<string[]> => (await waiting.getAll()).map(({ requestData }) => requestData.url)
  const send = async (original: Request): Promise<Response> => {
    const request = withKey(original)
    const copy = request.clone()
    const response = (await isNext(copy.url, { urls, replay }))
      ? await fetch(request).catch(() => undefined)
      : undefined
    // Who has given it up does not want it to be sent later.
    original.signal.throwIfAborted()
    if (response && !isFromBetween(copy, response)) return response
    await queue.pushRequest({ request: copy })
    await changed()
    return Response.json({ queued: true, key: copy.headers.get(HEADER) }, { status: 202 })
  }
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    registerRoute(
      ({ url, sameOrigin }) => sameOrigin && match.test(url.pathname),
      ({ request }) => send(request),
      method,
    )
  }
  return {
    pending: () => waiting.size(),
    replay: replayQuietly,
    async failed(told) {
      const known: FailedChange[] = []
      for (const { id, timestamp, requestData, metadata } of (await failed.getAll()) as unknown as QueuedChange[]) {
        if (told.includes(id) || Date.now() - timestamp > maxAgeMs) await failed.deleteEntry(id)
        else known.push({ id, request: requestData, ...(metadata as { readonly status: number }) })
      }
      return known
    },
  }
}

function withKey(request: Request): Request {
  if (request.headers.has(HEADER)) return request
  const headers = new Headers(request.headers)
  headers.set(HEADER, crypto.randomUUID())
  return new Request(request, { headers })
}
