import type { FileList } from '../shared/file-list.ts'
import type { PrecacheEntry } from '../shared/manifest.ts'

/** The files of the precache that show the same picture as another file of the build, in another width or format. */
export class OtherWidths {
  readonly #groups = new Map<string, string>()
  readonly #stored = new Map<string, PrecacheEntry[]>()

  constructor({ precache, later }: FileList, scope: string) {
    for (const { url, group } of [...precache, ...later]) {
      if (group !== undefined) this.#groups.set(new URL(url, scope).href, group)
    }
    for (const entry of precache) {
      if (entry.group === undefined) continue
      this.#stored.set(entry.group, [...(this.#stored.get(entry.group) ?? []), entry])
    }
  }

  /** What to look for in the precache when the file at this address cannot be had. */
  of(href: string): readonly PrecacheEntry[] {
    const group = this.#groups.get(href)
    return group === undefined ? [] : (this.#stored.get(group) ?? [])
  }
}
