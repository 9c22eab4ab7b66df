import { createPartialResponse } from 'workbox-range-requests'
import type { PrecacheEntry } from '../shared/manifest.ts'
import { add } from './install.ts'
import type { PageCheck } from './own-pages.ts'
import type { PrecacheStore } from './precache-store.ts'
import { kindOf, type StatisticsCounter } from './statistics.ts'

/** Query parameters that say where a visitor came from, and nothing about the page. */
const TRACKING = /^(?:utm_.*|fbclid|gclid)$/

/** Answers for files of the manifest. */
export class PrecacheRoute {
  readonly #store: PrecacheStore
  readonly #entries: ReadonlyMap<string, PrecacheEntry>
  readonly #isOurs: PageCheck | undefined
  readonly #statistics: StatisticsCounter

  constructor(
    store: PrecacheStore,
    entries: readonly PrecacheEntry[],
    { isOurs, statistics }: { readonly isOurs: PageCheck | undefined; readonly statistics: StatisticsCounter },
  ) {
    this.#store = store
    this.#entries = new Map(entries.map((entry) => [new URL(entry.url, store.scope).href, entry]))
    this.#isOurs = isOurs
    this.#statistics = statistics
  }

  /** The entry behind an address: itself, the page of a folder, or the page without its ending. */
  find(url: URL): PrecacheEntry | undefined {
    const plain = new URL(url)
    plain.hash = ''
    const tracking = Array.from(plain.searchParams.keys()).filter((name) => TRACKING.test(name))
    for (const name of tracking) plain.searchParams.delete(name)
    const { href } = plain
    const candidates = href.endsWith('/') ? [`${href}index.html`] : [href, `${href}.html`]
    for (const candidate of candidates) {
      const entry = this.#entries.get(candidate)
      if (entry) return entry
    }
    return undefined
  }

  /** An entry that is not where it was stored has been evicted: it is fetched, compared and stored again. */
  async answer(entry: PrecacheEntry, request: Request, event: ExtendableEvent): Promise<Response> {
    const kind = kindOf(request)
    const stored = await this.#store.get(this.#store.keyOf(entry)).catch(() => undefined)
    if (stored) this.#statistics.hit(kind, stored, event)
    else this.#statistics.miss(kind, event)
    const response = stored ?? (await this.#fetch(entry, request))
    // Of a refusal there are no parts.
    return request.headers.has('range') && response.status === 200 ? createPartialResponse(request, response) : response
  }

  async #fetch(entry: PrecacheEntry, request: Request): Promise<Response> {
    const verified = add(entry, { store: this.#store, isOurs: this.#isOurs })
    // What does not fit, or is not what was built, is still the best answer there is: it just is not kept.
    return verified.catch(() => fetch(request))
  }
}
