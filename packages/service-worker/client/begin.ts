import { pageAtRest } from './page-at-rest.ts'

/** What happened in this page before its side of the worker was there. */
export interface Beginning {
  /** The worker that has served this page. */
  readonly first: ServiceWorker | null
  /** Where something was typed or chosen, and what it held before; `undefined` where that is not known. */
  readonly touched: ReadonlyMap<EventTarget, string | null | undefined>
  /** Imports that failed, and what the worker has said. */
  readonly events: readonly Event[]
  /** Resolves when the page has what it shows; only where no worker has served it. */
  readonly rest: Promise<void> | undefined
}

/** Where the two meet. A module in common would tie the late one to the app's entry, and give it another name in every release. */
interface Holder {
  paceline$worker?: Beginning
}

/** What was kept so far, in a page that has begun so. */
export function beginning(): Beginning | undefined {
  return (globalThis as Holder).paceline$worker
}

/**
 * Keeps what the page side must not miss, and loads it when nothing else waits for the line: in a first visit, when the page is at rest. A page that
 * a worker has served finds it in the cache, and needs it at once to hold its release; so does an import that has failed.
 *
 * @param load imports the page side and starts it
 */
export function begin(load: () => Promise<void>): void {
  const { serviceWorker } = navigator
  // Pages without a secure connection have none.
  if (!serviceWorker) return
  const first = serviceWorker.controller
  const touched = new Map<EventTarget, string | null | undefined>()
  const events: Event[] = []
  const listening = new AbortController()
  let loading: Promise<void> | undefined
  const start = (): void => {
    // Where it could not be had the browser's console says so, and the next cause tries again.
    loading ??= load().then(
      () => listening.abort(),
      () => void (loading = undefined),
    )
  }
  const listen = (target: EventTarget, name: string, listener: (event: Event) => void): void =>
    target.addEventListener(name, listener, { capture: true, signal: listening.signal })
  const touch = (target: EventTarget, value?: string | null): void =>
    void (touched.has(target) || touched.set(target, value))
  listen(document, 'beforeinput', (event) => {
    // The target of what happens in a shadow root is its host.
    const target = event.composedPath()[0] as HTMLInputElement
    touch(target, target.value ?? target.textContent)
  })
  // Not every control tells before.
  for (const name of ['input', 'change']) listen(document, name, (event) => touch(event.composedPath()[0]!))
  listen(serviceWorker, 'message', (event) => events.push(event))
  listen(window, 'vite:preloadError', (event) => {
    events.push(event)
    start()
  })
  listen(window, 'online', start)
  const rest = first ? undefined : pageAtRest()
  ;(globalThis as Holder).paceline$worker = { first, touched, events, rest }
  if (rest) void rest.then(start)
  else start()
}
