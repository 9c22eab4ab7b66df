import type { PrecacheStore } from './precache-store.ts'

/** Names that a bundler makes; other requests are never of an older release. */
const MADE_BY_BUILD = /\.(?:m?js|css|wasm|woff2?|avif|webp|png|jpe?g|gif|svg)$/

/** Files of releases that open tabs still run: they ask for chunks that the newest release has not got. */
export class OlderReleases {
  readonly #store: PrecacheStore
  readonly #assets: string
  #keys: Promise<ReadonlyMap<string, string>> | undefined

  /** @param assets name of the cache of files that were stored when they were asked for */
  constructor(store: PrecacheStore, assets: string) {
    this.#store = store
    this.#assets = assets
  }

  mayHave(url: URL): boolean {
    return url.href.startsWith(this.#store.scope) && MADE_BY_BUILD.test(url.pathname)
  }

  async find(url: URL): Promise<Response | undefined> {
    this.#keys ??= this.#read()
    const key = (await this.#keys).get(url.href)
    const stored = key === undefined ? undefined : await this.#store.get(key).catch(() => undefined)
    return stored ?? this.#findAsset(url)
  }

  /** To be called when records have changed. */
  forget(): void {
    this.#keys = undefined
  }

  /** These are stored under their content, which only the worker of their release knows. Their names change with it. */
  async #findAsset({ href }: URL): Promise<Response | undefined> {
    return caches.match(href, { cacheName: this.#assets, ignoreSearch: true, ignoreVary: true }).catch(() => undefined)
  }

  async #read(): Promise<Map<string, string>> {
    const records = await this.#store.records().catch(() => [])
    const files = records.flatMap(({ files }) => Object.entries(files))
    return new Map(files.map(([url, key]) => [new URL(url, this.#store.scope).href, key]))
  }
}
