import type { Question } from '../shared/messages.ts'
import type { FormWatch } from './form-watch.ts'
import { mayReload, sessionStorageOrNone } from './recovery-guard.ts'
import type { UploadWatch } from './upload-watch.ts'

/** No key and no pointer for this long: nobody is looking. */
const IDLE_MS = 60_000

/** Tells when a reload costs nobody anything. */
export class SafeMoment {
  readonly #forms: FormWatch
  readonly #uploads: UploadWatch
  /** By a clock that nobody sets. */
  #lastInput = performance.now()

  constructor(forms: FormWatch, uploads: UploadWatch) {
    this.#forms = forms
    this.#uploads = uploads
    const note = (): void => void (this.#lastInput = performance.now())
    for (const event of ['pointerdown', 'keydown', 'wheel', 'touchstart']) {
      addEventListener(event, note, { capture: true, passive: true })
    }
  }

  /** Whether a reload would lose something. */
  isBusy(): boolean {
    return this.#forms.isDirty() || this.#uploads.isSending(Date.now())
  }

  isNow(): boolean {
    if (this.isBusy() || !mayReload(sessionStorageOrNone(), Date.now())) return false
    return document.visibilityState === 'hidden' || performance.now() - this.#lastInput > IDLE_MS
  }

  /** Resolves at the first safe moment. */
  async wait(): Promise<void> {
    while (!this.isNow()) {
      await new Promise<void>((resolve) => {
        const look = (): void => {
          clearTimeout(timer)
          document.removeEventListener('visibilitychange', look)
          resolve()
        }
        const timer = setTimeout(look, IDLE_MS / 4)
        document.addEventListener('visibilitychange', look)
      })
    }
  }
}

/** A worker that was told to take over, and heard it, has begun to long before. How long it takes is another matter: Chromium waits for what is being sent. */
const TAKE_OVER_MS = 10_000

/**
 * Lets a waiting worker take over.
 *
 * @returns whether it has, or another one instead of it
 */
export function takeOver(waiting: ServiceWorker): Promise<boolean> {
  return new Promise((resolve) => {
    const hasEnded = (): boolean => waiting.state === 'activated' || waiting.state === 'redundant'
    if (hasEnded()) return resolve(true)
    const timer = setTimeout(() => waiting.state === 'installed' && resolve(false), TAKE_OVER_MS)
    waiting.addEventListener('statechange', () => {
      if (!hasEnded()) return
      clearTimeout(timer)
      resolve(true)
    })
    const question: Question = { paceline: 'skip-waiting', type: 'SKIP_WAITING' }
    waiting.postMessage(question, [])
  })
}

/** Calls back for every worker that is there to take over from another. */
export function watchForWaiting(
  registration: ServiceWorkerRegistration,
  found: (waiting: ServiceWorker) => void,
): void {
  const seen = new WeakSet<ServiceWorker>()
  const look = (): void => {
    const { waiting, active } = registration
    if (!waiting || !active || seen.has(waiting)) return
    seen.add(waiting)
    found(waiting)
  }
  const watch = (worker: ServiceWorker | null): void => worker?.addEventListener('statechange', look)
  look()
  watch(registration.installing)
  registration.addEventListener('updatefound', () => watch(registration.installing))
}

type Found = Pick<ServiceWorkerRegistration, 'active' | 'installing' | 'waiting' | 'update'>

/**
 * Changes over to the newest release, so that a reload does not bring the old one back from its worker. What is still being downloaded is waited for: the
 * browser ends that, one way or the other.
 *
 * @param registration none, or one without a worker: pages come from the server
 * @returns whether a reload may help
 */
export async function switchToNewest(
  registration: Found | undefined,
  takesOver: (waiting: ServiceWorker) => Promise<boolean>,
): Promise<boolean> {
  if (!registration?.active) return true
  // Chromium looks only when the page has loaded, and one that is being installed is there.
  const isKnown = await registration.update().then(
    () => true,
    () => false,
  )
  const { installing } = registration
  if (installing) await installed(installing)
  const { waiting } = registration
  return waiting ? takesOver(waiting) : isKnown && installing?.state !== 'redundant'
}

/** Waits until a worker is installed, or cannot be. */
function installed(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => void (worker.state !== 'installing' && resolve())
    worker.addEventListener('statechange', look)
    look()
  })
}

/**
 * Looks for a new release now and then, in one tab for all.
 *
 * @param tabs where tabs hear of the check that another one has made
 */
export function checkPeriodically(
  registration: Pick<ServiceWorkerRegistration, 'scope' | 'update'>,
  minutes: number,
  tabs: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>,
): void {
  let last = Date.now()
  const check = async (): Promise<void> => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A channel has none.
    tabs.postMessage('checked')
    // Offline, or the server is away: next time.
    await registration.update().catch(() => {})
  }
  const due = (): void => {
    const now = Date.now()
    // A clock that was set back must not put the next check off.
    if (now >= last && now - last < minutes * 60_000) return
    last = now
    if (!('locks' in navigator)) return void check()
    // For tabs whose turn comes before they can have heard.
    const name = `paceline:check:${new URL(registration.scope).pathname}`
    void navigator.locks.request(name, { ifAvailable: true }, async (lock) => (lock ? check() : undefined))
  }
  tabs.addEventListener('message', ({ data }) => data === 'checked' && (last = Date.now()))
  setInterval(due, 60_000)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && due())
}
