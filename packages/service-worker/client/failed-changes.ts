import type { FailedChange } from '../shared/messages.ts'
import { askWorker } from './ask-worker.ts'
import type { Listeners } from './events.ts'

/** Tells of changes that are not tried again; they are kept until somebody listens, and forgotten only after. */
export async function tellFailed(listeners: Listeners): Promise<void> {
  const { active } = await navigator.serviceWorker.ready
  if (!active || !listeners.has('failed')) return
  const failed = await askWorker(active, { paceline: 'failed', told: [] })
  // A worker of one's own may answer something else, or nothing.
  if (!Array.isArray(failed) || failed.length === 0) return
  const told = (failed as FailedChange[]).map(({ id, status, request: { url, ...init } }) => {
    listeners.emit('failed', { request: new Request(url, init), status })
    return id
  })
  await askWorker(active, { paceline: 'failed', told })
}
