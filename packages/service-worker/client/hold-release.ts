import { lockName } from '../shared/messages.ts'
import { askWorker } from './ask-worker.ts'

/**
 * Says for as long as this tab lives which release it runs, so that the files of that release are kept. A lock does: it goes with the tab,
 * however that ends, and frozen tabs hold theirs. It is given back before the page goes into the back/forward cache, which a lock would bar it from.
 *
 * @param worker the worker that served this page, or the first one it got
 */
export async function holdRelease(worker: ServiceWorker, scope: string): Promise<string | undefined> {
  const release = await askWorker(worker, { paceline: 'release' })
  if (typeof release !== 'string' || !('locks' in navigator)) return undefined
  let giveBack: (() => void) | undefined
  const hold = (): void => {
    const held = new Promise<void>((resolve) => {
      giveBack = resolve
    })
    // Rejected only when the document goes away.
    navigator.locks.request(lockName(scope, release), { mode: 'shared' }, () => held).catch(() => {})
  }
  hold()
  addEventListener('pagehide', () => giveBack?.())
  addEventListener('pageshow', ({ persisted }) => persisted && hold())
  return release
}
