import type { Notice, Statistics } from '../shared/messages.ts'
import { askForFile, isReachable, type Whereabouts } from './ask-for-file.ts'
import { askWorker } from './ask-worker.ts'
import { beginning } from './begin.ts'
import { summarizeStatistics, type CacheStats } from './cache-stats.ts'
import { Listeners, type ServiceWorkerEvents, type Update } from './events.ts'
import { tellFailed } from './failed-changes.ts'
import { FormWatch } from './form-watch.ts'
import { holdRelease } from './hold-release.ts'
import { pageAtRest, pageLoaded } from './page-at-rest.ts'
import { mayReload, missingFile, noteReload, sessionStorageOrNone } from './recovery-guard.ts'
import { checkPeriodically, SafeMoment, switchToNewest, takeOver, watchForWaiting } from './update-flow.ts'
import { showUpdatePrompt, type PromptTexts } from './update-prompt.ts'
import { UploadWatch } from './upload-watch.ts'

/** Fixed by the build. */
export interface ClientSettings {
  readonly url: string
  readonly scope: string
  readonly type: 'classic' | 'module'
  readonly update: 'prompt' | 'auto'
  readonly checkEveryMinutes: number
  /** Nothing is registered. */
  readonly isOff: boolean
}

export interface RegisterOptions {
  /** Shows the default prompt when a new release is there. `false`: the app shows its own, on `update`. @default true */
  readonly prompt?: boolean | Partial<PromptTexts>
  /** Overrides what the build says. */
  readonly update?: 'prompt' | 'auto'
}

/** The page side of the worker. */
export interface ServiceWorkerClient {
  /** Registers the worker, once the page has loaded; further calls give the same. `undefined` where workers cannot be had. */
  registerServiceWorker(options?: RegisterOptions): Promise<ServiceWorkerRegistration | undefined>
  /** @returns removes the listener */
  onServiceWorker<Name extends keyof ServiceWorkerEvents>(
    name: Name,
    listener: (detail: ServiceWorkerEvents[Name]) => void,
  ): () => void
  /** How much was answered from caches; `undefined` while no worker controls this page. */
  cacheStats(): Promise<CacheStats | undefined>
  /** Changes that wait for a connection. */
  pendingRequests(): Promise<number>
  /** Whether something was typed into this page that a reload would lose, or the app holds updates. */
  hasUnsavedInput(): boolean
  /**
   * Keeps this tab from being reloaded by itself, for what nobody can see from outside: an editor in a frame, the steps of a wizard. The prompt is shown all the same.
   *
   * @returns lets go
   */
  holdUpdates(): () => void
}

const TEXTS: PromptTexts = { message: 'A new version is available.', reload: 'Reload', later: 'Later' }

export function createClient(settings: ClientSettings): ServiceWorkerClient {
  const listeners = new Listeners()
  const isOn = isSupported() && !settings.isOff
  // From the beginning, whoever registers the worker and when: what a control held before it was used is known to nobody else.
  const forms = isOn ? new FormWatch(document, beginning()?.touched) : undefined
  let registered: Promise<ServiceWorkerRegistration | undefined> | undefined
  const controller = (): ServiceWorker | null => globalThis.navigator?.serviceWorker?.controller ?? null
  return {
    registerServiceWorker: (options = {}) =>
      (registered ??= forms ? new Session(settings, options, listeners, forms).register() : none()),
    onServiceWorker(name, listener) {
      const remove = listeners.on(name, listener)
      if (name === 'failed' && isOn) void tellFailed(listeners)
      return remove
    },
    async cacheStats() {
      const worker = controller()
      const statistics = worker ? await askWorker(worker, { paceline: 'statistics' }) : undefined
      return isStatistics(statistics) ? summarizeStatistics(statistics) : undefined
    },
    async pendingRequests() {
      const worker = controller()
      return worker ? Number(await askWorker(worker, { paceline: 'pending' })) || 0 : 0
    },
    hasUnsavedInput: () => forms?.isDirty() ?? false,
    holdUpdates: () => forms?.hold() ?? (() => {}),
  }
}

/** A worker of one's own may answer something else, or nothing. */
function isStatistics(answer: unknown): answer is Statistics {
  return typeof answer === 'object' && answer !== null && 'since' in answer && 'counts' in answer
}

const none = async (): Promise<undefined> => undefined

function isSupported(): boolean {
  return typeof document !== 'undefined' && 'serviceWorker' in navigator
}

/** One page and its worker. */
class Session {
  readonly #forms: FormWatch
  readonly #uploads = new UploadWatch()
  readonly #moment: SafeMoment
  readonly #settings: ClientSettings
  readonly #options: RegisterOptions
  readonly #listeners: Listeners
  /** The worker that has served this page. */
  readonly #first: ServiceWorker | null
  /** Resolves when a first worker may download the app. */
  readonly #rest: Promise<void> | undefined
  /** Held from the beginning: while this page loads, another tab may switch to a new release. */
  readonly #held: Promise<string | undefined> | undefined
  #registration: ServiceWorkerRegistration | undefined
  /** The newest one. */
  #update: Update | undefined
  /** The worker that this tab has told to take over. */
  #taken: ServiceWorker | undefined
  #hidePrompt: (() => void) | undefined
  #channel: BroadcastChannel | undefined
  #isReloading = false

  constructor(settings: ClientSettings, options: RegisterOptions, listeners: Listeners, forms: FormWatch) {
    const before = beginning()
    this.#first = before ? before.first : navigator.serviceWorker.controller
    this.#rest = before?.rest
    this.#forms = forms
    this.#settings = settings
    this.#options = options
    this.#listeners = listeners
    this.#moment = new SafeMoment(forms, this.#uploads)
    this.#uploads.observe()
    const scope = new URL(settings.scope, document.baseURI).href
    this.#held = this.#first ? holdRelease(this.#first, scope) : undefined
    const listen = (event: Event): void =>
      event instanceof MessageEvent ? this.#hear(event.data as Notice | undefined) : void this.#recover(event)
    for (const event of before?.events ?? []) listen(event)
    addEventListener('vite:preloadError', listen)
    const replay = (): void => this.#registration?.active?.postMessage({ paceline: 'replay' }, [])
    addEventListener('online', replay)
    // A server that was away makes no event when it is back.
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && replay())
    navigator.serviceWorker.addEventListener('message', listen)
  }

  async register(): Promise<ServiceWorkerRegistration | undefined> {
    // A first worker downloads the app: not while the page still loads what it shows.
    await (this.#first ? pageLoaded() : (this.#rest ?? pageAtRest()))
    const { url, scope, type, checkEveryMinutes } = this.#settings
    // Both may be relative: to the page, then.
    const registration = await navigator.serviceWorker.register(url, { scope, type }).catch((error: unknown) => {
      const message = `The service worker could not be registered: ${error instanceof Error ? error.message : String(error)}`
      this.#listeners.emit('problem', { url, reason: 'storage', message })
    })
    if (!registration) return undefined
    this.#registration = registration
    this.#channel = new BroadcastChannel(`paceline:${registration.scope}`)
    this.#channel.addEventListener('message', ({ data }) => data === 'dismissed' && this.#hide())
    watchForWaiting(registration, (waiting) => this.#offer(() => this.#takeOver(waiting)))
    if (this.#first) this.#watchForSwitch()
    if (checkEveryMinutes > 0) checkPeriodically(registration, checkEveryMinutes, this.#channel)
    void this.#settle(registration)
    return registration
  }

  /** Once a worker is there: this tab's release is held, and what nobody holds any more goes. */
  async #settle({ scope }: ServiceWorkerRegistration): Promise<void> {
    const { active } = await navigator.serviceWorker.ready
    if (!active) return
    const release = await (this.#held ?? holdRelease(active, scope))
    this.#listeners.emit('ready', { release })
    for (const paceline of ['sweep', 'replay']) active.postMessage({ paceline }, [])
  }

  /** Another tab has switched to a new release: this one goes on, and says so. */
  #watchForSwitch(): void {
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      const { controller } = navigator.serviceWorker
      if (controller !== this.#first && controller !== this.#taken) this.#offer(async () => true)
    })
  }

  #offer(prepare: () => Promise<boolean>): void {
    const update: Update = {
      apply: async () => void (await this.#change(prepare, false)),
      dismiss: () => {
        this.#hide()
        this.#channel?.postMessage('dismissed')
      },
    }
    this.#update = update
    this.#listeners.emit('update', update)
    if ((this.#options.update ?? this.#settings.update) === 'auto') void this.#applyWhenSafe(update, prepare)
    else this.#show(update)
  }

  async #applyWhenSafe(update: Update, prepare: () => Promise<boolean>): Promise<void> {
    do await this.#moment.wait()
    while (update === this.#update && (await this.#change(prepare, true)))
  }

  /**
   * A worker takes its time to take over, seconds or minutes, in which somebody may have come back: where nobody has asked for it, the tab is not
   * reloaded then.
   *
   * @returns whether it is to be tried again
   */
  async #change(prepare: () => Promise<boolean>, isUnasked: boolean): Promise<boolean> {
    if (this.#isReloading) return false
    this.#isReloading = true
    this.#hide()
    const isThere = await prepare()
    const isLate = isThere && isUnasked && !this.#moment.isNow()
    if (isThere && !isLate && (!isUnasked || noteReload(sessionStorageOrNone(), Date.now()))) location.reload()
    else this.#isReloading = false
    return isLate
  }

  #show(update: Update): void {
    const { prompt = true } = this.#options
    if (prompt === false) return
    this.#hide()
    const texts = { ...TEXTS, ...(prompt === true ? {} : prompt) }
    this.#hidePrompt = showUpdatePrompt({ texts, onReload: () => void update.apply(), onLater: update.dismiss })
  }

  #hide(): void {
    this.#hidePrompt?.()
    this.#hidePrompt = undefined
  }

  #hear(notice: Notice | undefined): void {
    if (notice?.paceline === 'sending') {
      this.#uploads.began(notice.url, notice.at, notice.isUnseen)
      this.#forms.sent()
    } else if (notice?.paceline === 'progress') this.#listeners.emit('progress', notice)
    else if (notice?.paceline === 'problem') this.#listeners.emit('problem', notice.problem)
    else if (notice?.paceline === 'pending-changed') {
      this.#listeners.emit('pending', notice)
      void tellFailed(this.#listeners)
    }
  }

  /** A file of this release could not be loaded. Only where it is gone, from the server and from every cache, a newer release helps. */
  async #recover(event: Event): Promise<void> {
    const { payload } = event as Event & { readonly payload?: unknown }
    const url = missingFile(payload instanceof Error ? payload.message : '')
    const tell = (action: ServiceWorkerEvents['missing']['action']): void =>
      this.#listeners.emit('missing', { url: url ?? '(unknown)', action })
    const whereabouts = await this.#locate(url)
    if (this.#isReloading) return
    // What the app shows, and its own way to try again, is better than a page that the browser makes.
    if (whereabouts !== 'gone') return tell(whereabouts === 'there' ? 'there' : 'offline')
    // With the old worker in place, a reload would bring the old shell back.
    const prepare = async (): Promise<boolean> =>
      switchToNewest(await this.#found(), (waiting) => this.#takeOver(waiting))
    const keep = (): void => {
      this.#offer(async () => (await prepare()) || (tell('lost'), false))
      tell('kept')
    }
    if (this.#moment.isBusy()) return keep()
    const storage = sessionStorageOrNone()
    const file = url ?? '(unknown)'
    if (!mayReload(storage, Date.now(), file)) return tell('lost')
    this.#isReloading = true
    tell('waiting')
    const isThere = await prepare()
    // A release takes its time to download, in which somebody may have begun to type.
    const isKept = this.#moment.isBusy()
    if (!isKept && isThere && noteReload(storage, Date.now(), file)) {
      tell('reload')
      return location.reload()
    }
    this.#isReloading = false
    if (isKept) keep()
    else tell('lost')
  }

  /** Also before the page has loaded and asked for it. */
  #found(): Promise<ServiceWorkerRegistration | undefined> {
    return navigator.serviceWorker.getRegistration(this.#settings.scope)
  }

  /** Safari does not say which file it was: then a new release is what tells that old files may be gone. */
  async #locate(url: string | undefined): Promise<Whereabouts> {
    if (url !== undefined) return askForFile(url, this.#settings.url)
    if (!(await isReachable(this.#settings.url))) return 'unreachable'
    const registration = await this.#found()
    await registration?.update().catch(() => {})
    return registration?.installing || registration?.waiting ? 'gone' : 'there'
  }

  async #takeOver(waiting: ServiceWorker): Promise<boolean> {
    this.#taken = waiting
    if (await takeOver(waiting)) return true
    this.#taken = undefined
    const message =
      'The new service worker has not taken over: the old one may still answer something. A worker of your own has to call `skipWaiting()` on the message `{ type: "SKIP_WAITING" }`.'
    this.#listeners.emit('problem', { url: this.#settings.url, reason: 'takeover', message })
    return false
  }
}
