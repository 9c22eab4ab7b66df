import type { PrecacheEntry } from '../shared/manifest.ts'
import type { Statistics } from '../shared/messages.ts'

/** What is kept about a release, so that its open tabs go on working beside a newer one. */
export interface ReleaseRecord {
  readonly release: string
  /** Written when the installation begins; `ready` once every file is there. */
  readonly state: 'installing' | 'ready'
  /** URL relative to the scope → key of the stored file. */
  readonly files: Readonly<Record<string, string>>
}

const PARAMETER = '__paceline'

/**
 * Files by URL and content. All releases share one cache: what two of them have in common is there once, and an interrupted installation
 * goes on where it ended.
 */
export class PrecacheStore {
  readonly scope: string
  readonly #name: string

  constructor(scope: string) {
    this.scope = scope
    this.#name = `paceline-precache:${new URL(scope).pathname}`
  }

  /** The key under which a file is stored; it has the hash of the content in it. */
  keyOf({ url, digest }: Pick<PrecacheEntry, 'url' | 'digest'>): string {
    const key = new URL(url, this.scope)
    key.searchParams.set(PARAMETER, digest)
    return key.href
  }

  /** Keys of everything that is stored, records left out. */
  async keys(): Promise<Set<string>> {
    const requests = await (await this.#open()).keys()
    return new Set(requests.map(({ url }) => url).filter((url) => new URL(url).searchParams.has(PARAMETER)))
  }

  async get(key: string): Promise<Response | undefined> {
    return (await this.#open()).match(key, { ignoreVary: true })
  }

  /** The first of these that is stored. */
  async getAny(entries: readonly PrecacheEntry[]): Promise<Response | undefined> {
    for (const entry of entries) {
      const response = await this.get(this.keyOf(entry))
      if (response) return response
    }
    return undefined
  }

  async put(key: string, response: Response): Promise<void> {
    await (await this.#open()).put(key, response)
  }

  async delete(key: string): Promise<void> {
    await (await this.#open()).delete(key)
  }

  async records(): Promise<ReleaseRecord[]> {
    const cache = await this.#open()
    const prefix = this.#recordKey('')
    const requests = (await cache.keys()).filter(({ url }) => url.startsWith(prefix))
    const records = await Promise.all(requests.map(async (request) => (await cache.match(request))?.json()))
    return records.filter((record: unknown) => record !== undefined) as ReleaseRecord[]
  }

  async saveRecord(record: ReleaseRecord): Promise<void> {
    await this.put(this.#recordKey(record.release), Response.json(record))
  }

  async deleteRecord(release: string): Promise<void> {
    await this.delete(this.#recordKey(release))
  }

  async statistics(): Promise<Statistics | undefined> {
    return (await this.get(this.#statisticsKey()))?.json() as Promise<Statistics | undefined>
  }

  async saveStatistics(statistics: Statistics): Promise<void> {
    await this.put(this.#statisticsKey(), Response.json(statistics))
  }

  #statisticsKey(): string {
    return new URL(`${PARAMETER}/statistics`, this.scope).href
  }

  #recordKey(release: string): string {
    return new URL(`${PARAMETER}/releases/${release}`, this.scope).href
  }

  /** Opened anew each time: the browser may have deleted it in the meantime. */
  #open(): Promise<Cache> {
    return caches.open(this.#name)
  }
}
