import type { PrecacheEntry } from '../shared/manifest.ts'
import type { Problem } from '../shared/messages.ts'
import type { PageCheck } from './own-pages.ts'
import type { PrecacheStore } from './precache-store.ts'
import { BodyRefused, digestOf, readVerified, storable } from './read-verified.ts'

export interface Installation {
  readonly store: PrecacheStore
  /** How many files at a time. */
  readonly concurrency: number
  /** For pages that the server changes: they are taken by this; without it, compared. */
  readonly isOurs?: PageCheck | undefined
  /** Deletes some of what was only kept in passing, when the storage is full; says whether there was any. */
  readonly makeRoom?: () => Promise<boolean>
  readonly onProgress?: (done: number, total: number) => void
  readonly onProblem?: (problem: Problem) => void
}

const ATTEMPTS = 3
const IS_PAGE = /\.html?$/

/**
 * Stores every entry that is not stored yet. What an earlier installation or release has left is taken as it is: keys have the content's hash
 * in them, and nothing is stored before it was compared.
 *
 * @throws {BodyRefused} of the first file that the app cannot do without; the others are finished first
 */
export async function install(entries: readonly PrecacheEntry[], installation: Installation): Promise<void> {
  const { store, concurrency, onProgress, onProblem } = installation
  const stored = await store.keys()
  const missing = inTurn(entries.filter((entry) => !stored.has(store.keyOf(entry))))
  let done = entries.length - missing.length
  const report = (): void => onProgress?.(done, entries.length)
  report()
  const failures: BodyRefused[] = []
  const queue = missing.values()
  const work = async (): Promise<void> => {
    for (const entry of queue) {
      const failure = await add(entry, installation).then(
        () => undefined,
        (error: unknown) => asRefusal(entry.url, error),
      )
      if (failure) {
        onProblem?.(failure)
        if (!entry.optional) failures.push(failure)
      }
      done++
      report()
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, missing.length) }, work))
  if (failures[0]) throw failures[0]
}

/**
 * Large and small files in turn. The time of small ones goes by in waiting for answers, so many at once leave the line idle, all the more as
 * Chromium runs three requests of low priority at a time while a worker is installed (its `ThrottleInstallingServiceWorker`).
 */
function inTurn(entries: readonly PrecacheEntry[]): PrecacheEntry[] {
  const bySize = [...entries].sort((a, b) => b.bytes - a.bytes)
  return bySize.map((_, at) => bySize[at % 2 === 0 ? at / 2 : bySize.length - (at + 1) / 2]!)
}

/** Downloads a file, compares it and stores it. */
export async function add(
  entry: PrecacheEntry,
  { store, isOurs, makeRoom }: Pick<Installation, 'store' | 'isOurs' | 'makeRoom'>,
): Promise<Response> {
  const response = await download(entry, store.scope, isOurs)
  for (;;) {
    try {
      await store.put(store.keyOf(entry), response.clone())
      return response
    } catch (error) {
      if (!isQuota(error) || !(await makeRoom?.())) throw error
    }
  }
}

function isQuota(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError'
}

async function download(entry: PrecacheEntry, scope: string, isOurs: PageCheck | undefined): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(requestOf(entry, scope, attempt))
      const isChanged = isOurs && response.status === 200 && IS_PAGE.test(entry.url)
      const body = isChanged ? await readPage(response, entry, isOurs) : await readVerified(response, entry)
      return storable(body, response)
    } catch (error) {
      const refusal = asRefusal(entry.url, error)
      if (attempt === ATTEMPTS || !isWorthTrying(refusal, attempt)) throw refusal
      if (refusal.reason === 'network') await pause(attempt * 1000)
    }
  }
}

async function readPage(response: Response, { url, digest }: PrecacheEntry, isOurs: PageCheck): Promise<ArrayBuffer> {
  const body = await response.arrayBuffer()
  if ((await digestOf(body)) === digest || (await isOurs(new TextDecoder().decode(body), response.url))) return body
  throw new BodyRefused(
    url,
    'html',
    `\`${url}\` was not stored: it names nothing that was built, as a captive portal's page.`,
  )
}

/**
 * The HTTP cache has most files of a first visit, and answers for a name with a hash in it; dictionaries for deltas work by themselves. Once a
 * body was wrong, it is asked for past all caches.
 */
function requestOf({ url, isHashed }: PrecacheEntry, scope: string, attempt: number): Request {
  const cache = attempt > 1 ? 'reload' : isHashed ? 'default' : 'no-cache'
  return new Request(new URL(url, scope), { cache, credentials: 'same-origin', priority: 'low' } as RequestInit)
}

/** A wrong body may lie in the HTTP cache, so it gets one more try; a lost connection two. */
function isWorthTrying({ reason }: BodyRefused, attempt: number): boolean {
  return reason === 'network' || (attempt === 1 && reason !== 'status' && reason !== 'quota' && reason !== 'storage')
}

function asRefusal(url: string, error: unknown): BodyRefused {
  if (error instanceof BodyRefused) return error
  if (isQuota(error)) {
    return new BodyRefused(url, 'quota', `\`${url}\` was not stored: the storage is full.`, { cause: error })
  }
  if (error instanceof DOMException) {
    return new BodyRefused(url, 'storage', `\`${url}\` was not stored: ${error.message}`, { cause: error })
  }
  return new BodyRefused(url, 'network', `\`${url}\` could not be downloaded.`, { cause: error })
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** The part of `navigator.connection` that says how careful to be; not every browser has it. */
interface Connection {
  readonly effectiveType?: string
  readonly saveData?: boolean
}

/**
 * Two at a time where the connection is slow or costly. Five where it is middling: most of the time goes by in waiting for answers there, and of the six
 * connections that HTTP/1.1 has one is left for the page.
 */
export function friendlyConcurrency(wanted: number, connection: Connection | undefined): number {
  const { saveData, effectiveType = '' } = connection ?? {}
  if (saveData === true || effectiveType.endsWith('2g')) return Math.min(2, wanted)
  return effectiveType === '3g' ? Math.min(5, wanted) : wanted
}
