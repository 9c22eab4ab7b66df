import { registerRoute } from 'workbox-routing'
import { readFileList } from '../shared/file-list.ts'
import type { PrecacheEntry, WorkerSettings } from '../shared/manifest.ts'
import type { Notice, Problem, Question } from '../shared/messages.ts'
import { cacheName } from './cache-name.ts'
import { addApiRoute, addAssetRoute, addOtherFiles, deleteSome } from './default-routes.ts'
import { decodableFormats, pickFormats } from './image-formats.ts'
import { friendlyConcurrency, install } from './install.ts'
import { addNavigationRoutes } from './navigations.ts'
import { OlderReleases } from './older-releases.ts'
import { OtherWidths } from './other-widths.ts'
import { ownPages, type PageCheck } from './own-pages.ts'
import { PrecacheRoute } from './precache-route.ts'
import { PrecacheStore, type ReleaseRecord } from './precache-store.ts'
import type { handlePush } from './push-notifications.ts'
import type { RequestQueue, startRequestQueue } from './request-queue.ts'
import { StatisticsCounter } from './statistics.ts'
import { beginRelease, liveReleases, sweep } from './sweep.ts'
import { watchUploads } from './watch-uploads.ts'

declare const self: ServiceWorkerGlobalScope

/** What only some workers have: left out of the script of the others. */
export interface WorkerParts {
  /** Registers routes that come before the default ones, behind the precache. */
  readonly addOwnRoutes?: (fromPrecache: (url: string) => Promise<Response | undefined>) => void
  readonly startRequestQueue?: typeof startRequestQueue
  readonly handlePush?: typeof handlePush
}

/** Starts the worker: to be called once, while its script is run. */
export function startWorker(settings: WorkerSettings, parts: WorkerParts = {}): void {
  const { scope } = self.registration
  const store = new PrecacheStore(scope)
  const statistics = new StatisticsCounter(
    { read: () => store.statistics(), write: (sum) => store.saveStatistics(sum) },
    async (id, notice) => (await self.clients.get(id))?.postMessage(notice, []),
  )
  const older = new OlderReleases(store, cacheName(scope, 'assets'))
  const files = readFileList(settings.files)
  const otherWidths = new OtherWidths(files, scope)
  const urls = [...files.precache, ...files.later].map(({ url }) => url)
  const isOwnPage = ownPages(scope, urls, settings.pageMarker, async () =>
    (await store.records()).flatMap((record) => Object.keys(record.files)),
  )
  const isOurs = settings.verifyHtml ? undefined : isOwnPage
  const precache = new PrecacheRoute(store, files.precache, { isOurs, statistics })

  const { release } = settings
  const own: ReleaseRecord = { release, state: 'ready', files: keysOf(files.precache, store) }

  self.addEventListener('install', (event) => event.waitUntil(installRelease(store, files.precache, settings, isOurs)))
  self.addEventListener('activate', (event) => {
    older.forget()
    event.waitUntil(activate(store, settings, own))
  })

  registerRoute(
    ({ url, request }) => request.mode !== 'navigate' && precache.find(url) !== undefined,
    ({ url, request, event }) => precache.answer(precache.find(url)!, request, event),
  )
  registerRoute(
    ({ url, request }) => request.mode === 'navigate' && !isDenied(url, settings) && precache.find(url) !== undefined,
    ({ url, request, event }) => precache.answer(precache.find(url)!, request, event),
  )
  parts.addOwnRoutes?.(async (url) => {
    const entry = precache.find(new URL(url, scope))
    return entry && store.get(store.keyOf(entry))
  })
  const shared = { scope, settings, statistics }
  addAssetRoute(shared, files.later, (href) => store.getAny(otherWidths.of(href)))
  addNavigationRoutes({ ...shared, precache, isOwnPage })
  addApiRoute(shared)
  addOtherFiles(shared, older)
  const queue = settings.backgroundSync ? parts.startRequestQueue?.(settings.backgroundSync, tell) : undefined
  parts.handlePush?.(self)

  watchUploads()
  self.addEventListener('message', (event) => {
    const question = event.data as Question | undefined
    if (question?.paceline === undefined) return
    const reply = (answer: unknown): void => event.ports[0]?.postMessage(answer)
    event.waitUntil(answer(question, { store, own, statistics, queue }).then(reply))
  })
}

function isDenied({ pathname, search }: URL, { deny }: WorkerSettings): boolean {
  return deny.some((pattern) => pattern.test(pathname + search))
}

function keysOf(entries: readonly PrecacheEntry[], store: PrecacheStore): ReleaseRecord['files'] {
  return Object.fromEntries(entries.map((entry) => [entry.url, store.keyOf(entry)]))
}

async function installRelease(
  store: PrecacheStore,
  precache: readonly PrecacheEntry[],
  { release, concurrency }: WorkerSettings,
  isOurs: PageCheck | undefined,
): Promise<void> {
  const entries = pickFormats(precache, await decodableFormats())
  const files = keysOf(entries, store)
  await beginRelease(store, { release, state: 'installing', files }).catch(tellStorage)
  const { connection } = navigator as WorkerNavigator & { readonly connection?: { readonly saveData?: boolean } }
  await install(entries, {
    store,
    isOurs,
    concurrency: friendlyConcurrency(concurrency, connection),
    // Tabs load what they have not loaded yet from there, and the server may not have it any more.
    makeRoom: async () => deleteSome(store.scope, (await liveReleases(store.scope))?.size === 0),
    onProgress: (done, total) => void tell({ paceline: 'progress', release, done, total }),
    onProblem: ({ url, reason, message }) => void tell({ paceline: 'problem', problem: { url, reason, message } }),
  })
  await store.saveRecord({ release, state: 'ready', files })
}

/** Private modes and full disks refuse to store: the app goes on without. */
async function tellStorage(error: unknown): Promise<never> {
  const reason = error instanceof DOMException && error.name === 'QuotaExceededError' ? 'quota' : 'storage'
  const message = `Nothing can be stored: ${error instanceof Error ? error.message : String(error)}`
  const problem: Problem = { url: self.registration.scope, reason, message }
  await tell({ paceline: 'problem', problem })
  throw error
}

async function activate(store: PrecacheStore, { claim }: WorkerSettings, own: ReleaseRecord): Promise<void> {
  // So that the tab that has brought the worker works offline without a reload. What it has loaded stays right: files are found by their
  // hashed names, also those of other releases.
  if (claim) await self.clients.claim()
  await sweep(store, self.registration, own)
}

interface Answering {
  readonly store: PrecacheStore
  readonly own: ReleaseRecord
  readonly statistics: StatisticsCounter
  readonly queue: RequestQueue | undefined
}

async function answer(question: Question, { store, own, statistics, queue }: Answering): Promise<unknown> {
  switch (question.paceline) {
    case 'skip-waiting':
      return self.skipWaiting()
    case 'release':
      return own.release
    case 'statistics':
      return statistics.read()
    case 'pending':
      return (await queue?.pending()) ?? 0
    case 'replay':
      return queue?.replay()
    case 'failed':
      return queue?.failed(question.told) ?? []
    case 'sweep':
      return sweep(store, self.registration, own)
  }
}

/** Tells every tab, also those that another worker controls. */
async function tell(notice: Notice): Promise<void> {
  const tabs = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  for (const tab of tabs) tab.postMessage(notice, [])
}
