import type { CacheCount, CacheCounts, CacheKind, CacheNotice } from '@paceline/kit'
import type { Statistics } from '../shared/messages.ts'

const KINDS: Readonly<Record<string, CacheKind>> = {
  document: 'page',
  iframe: 'page',
  script: 'script',
  worker: 'script',
  style: 'style',
  image: 'image',
  font: 'font',
}

/** What a request is for. */
export function kindOf(request: Request): CacheKind {
  return KINDS[request.destination] ?? (request.destination === '' ? 'api' : 'other')
}

/** Where counts outlive the worker, which the browser ends whenever it is idle. */
export interface StatisticsStore {
  read(): Promise<Statistics | undefined>
  write(statistics: Statistics): Promise<void>
}

/** Requests come in bursts: what is counted is written, and told, once for all of them. */
const WRITE_AFTER_MS = 1000

/** Counts what the caches do: for `cacheStats()`, over all visits, and for each page what they did for it. */
export class StatisticsCounter {
  readonly #store: StatisticsStore
  readonly #tell: (clientId: string, notice: CacheNotice) => Promise<void>
  /** What this worker has counted since the browser has started it. */
  #counts: CacheCounts = {}
  /** What those before it have. */
  #earlier: Promise<Statistics> | undefined
  readonly #ofPages = new Map<string, CacheCounts>()
  #writing: Promise<void> | undefined

  constructor(store: StatisticsStore, tell: (clientId: string, notice: CacheNotice) => Promise<void>) {
    this.#store = store
    this.#tell = tell
  }

  /** @param event of the request, which lasts until it is written down */
  hit(kind: CacheKind, response: Response, event: ExtendableEvent): void {
    this.#add(kind, { hits: 1, misses: 0, bytesSaved: Number(response.headers.get('content-length') ?? 0) }, event)
  }

  miss(kind: CacheKind, event: ExtendableEvent): void {
    this.#add(kind, { hits: 0, misses: 1, bytesSaved: 0 }, event)
  }

  async read(): Promise<Statistics> {
    const { since, counts } = await this.#readEarlier()
    return { since, counts: addCounts(counts, this.#counts) }
  }

  #add(kind: CacheKind, count: CacheCount, event: ExtendableEvent): void {
    const counts = { [kind]: count }
    this.#counts = addCounts(this.#counts, counts)
    void this.#readEarlier()
    const page = pageOf(event)
    if (page !== '') this.#ofPages.set(page, addCounts(this.#ofPages.get(page) ?? {}, counts))
    this.#writing ??= this.#writeSoon()
    try {
      event.waitUntil(this.#writing)
    } catch {
      // It is over already; other requests of the page are not.
    }
  }

  #readEarlier(): Promise<Statistics> {
    const nothing: Statistics = { since: Date.now(), counts: {} }
    this.#earlier ??= this.#store.read().then(
      (stored) => stored ?? nothing,
      () => nothing,
    )
    return this.#earlier
  }

  async #writeSoon(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, WRITE_AFTER_MS))
    this.#writing = undefined
    const pages = [...this.#ofPages]
    this.#ofPages.clear()
    await Promise.all(pages.map(([page, counts]) => this.#tell(page, { paceline: 'counted', counts })))
    // Where nothing can be stored, it is known for as long as the worker runs.
    await this.#store.write(await this.read()).catch(() => {})
  }
}

/** The page that a request is for: of a navigation, the one that it leads to. */
function pageOf(event: ExtendableEvent): string {
  const { request, clientId, resultingClientId } = event as FetchEvent
  return (request?.mode === 'navigate' ? resultingClientId : clientId) ?? ''
}

function addCounts(a: CacheCounts, b: CacheCounts): CacheCounts {
  const sum: Partial<Record<CacheKind, CacheCount>> = { ...a }
  for (const [kind, { hits, misses, bytesSaved }] of Object.entries(b) as [CacheKind, CacheCount][]) {
    const known = sum[kind] ?? { hits: 0, misses: 0, bytesSaved: 0 }
    sum[kind] = { hits: known.hits + hits, misses: known.misses + misses, bytesSaved: known.bytesSaved + bytesSaved }
  }
  return sum
}
