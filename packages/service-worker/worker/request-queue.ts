import { Queue } from 'workbox-background-sync'
import { registerRoute } from 'workbox-routing'
import type { WorkerSettings } from '../shared/manifest.ts'
import type { Notice } from '../shared/messages.ts'

const HEADER = 'Idempotency-Key'

/** Changes that could not be sent, to be sent again when there is a connection. */
export interface RequestQueue {
  pending(): Promise<number>
  replay(): Promise<void>
}

/**
 * Sends changes with a key of their own, so that a server that has seen one already knows it again, and keeps those that no server has answered.
 *
 * The page gets `202` with `{ "queued": true, "key": … }` for what was kept.
 */
export function startRequestQueue(
  { match, maxAgeMinutes }: Exclude<WorkerSettings['backgroundSync'], false>,
  tell: (notice: Notice) => Promise<void>,
): RequestQueue {
  let replaying: Promise<void> | undefined
  // The browser's own event and a page that is back online come together: what the one sends, the other must not.
  const replay = (): Promise<void> => {
    replaying ??= queue.replayRequests().finally(() => {
      replaying = undefined
      return changed()
    })
    return replaying
  }
  const queue = new Queue('paceline', { maxRetentionTime: maxAgeMinutes, onSync: replay })
  const changed = async (): Promise<void> => tell({ paceline: 'pending-changed', pending: await queue.size() })
  const send = async (original: Request): Promise<Response> => {
    const request = withKey(original)
    const copy = request.clone()
    try {
      return await fetch(request)
    } catch {
      await queue.pushRequest({ request: copy })
      await changed()
      return Response.json({ queued: true, key: copy.headers.get(HEADER) }, { status: 202 })
    }
  }
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    registerRoute(
      ({ url, sameOrigin }) => sameOrigin && match.test(url.pathname),
      ({ request }) => send(request),
      method,
    )
  }
  return {
    pending: () => queue.size(),
    // What fails again stays in the queue.
    replay: () => replay().catch(() => {}),
  }
}

function withKey(request: Request): Request {
  if (request.headers.has(HEADER)) return request
  const headers = new Headers(request.headers)
  headers.set(HEADER, crypto.randomUUID())
  return new Request(request, { headers })
}
