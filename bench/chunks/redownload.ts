import type { BuildReport } from '@paceline/build-graph'

/** What somebody who has one release downloads on the same route of the next one. */
export interface Redownload {
  readonly id: string
  /** Brotli bytes: files of the first load that are new, and the document when it changed. */
  readonly bytes: number
  /** The document's part of it, with its import map. */
  readonly document: number
  readonly files: readonly string[]
}

/**
 * Compares two releases route by route. A browser finds a file in its cache by its name, so a file that only changed its name
 * is downloaded again. Routes that are new are left out: nobody has visited them.
 *
 * @throws {Error} When a name stayed while the content changed: whoever has the old file would run it.
 */
export function redownloads(before: BuildReport, after: BuildReport): Redownload[] {
  const hashes = new Map(before.files.map(({ file, hash }) => [file, hash]))
  const files = new Map(after.files.map((file) => [file.file, file]))
  const visited = new Map(before.routes.map(({ id, firstLoad }) => [id, new Set(firstLoad.files)]))
  const document = after.files
    .filter(({ file, kind, hash }) => kind === 'html' && hashes.get(file) !== hash)
    .reduce((sum, { brotli }) => sum + brotli, 0)
  return after.routes.flatMap(({ id, firstLoad }) => {
    const cached = visited.get(id)
    if (cached === undefined) return []
    const fetched = firstLoad.files.filter((file) => {
      if (hashes.has(file) && hashes.get(file) !== files.get(file)?.hash) {
        throw new Error(`\`${file}\` is in both releases with different bytes. A cache would serve the old one.`)
      }
      return !cached.has(file)
    })
    const bytes = fetched.reduce((sum, file) => sum + (files.get(file)?.brotli ?? 0), document)
    return [{ id, bytes, document, files: fetched }]
  })
}
