import { join } from 'node:path'
import type { FileStore } from './file-store.ts'

/** What Vite writes about each file, as far as this plugin looks at it. */
type Manifest = Record<string, { readonly file: string; readonly src?: string }>

/** {@link manifestOfOriginals} of the text that Vite has written. */
export function rewriteManifest(
  text: string,
  files: FileStore,
  root: string,
  displayName: (file: string) => string,
): string {
  const originals = new Map([...files.originals].map(([file, original]) => [displayName(file), displayName(original)]))
  const rewritten = manifestOfOriginals(JSON.parse(text) as Manifest, originals, (path) => files.has(join(root, path)))
  return JSON.stringify(rewritten, undefined, 2)
}

/**
 * The manifest of a build with the files of HTML and CSS under the names of their originals, as it would be without the plugin: servers look
 * pictures up by them.
 *
 * @param originals file in the store → picture that it stands for in every browser; both relative to the Vite root
 * @param isStored whether a path, relative to the Vite root, lies in the store
 */
function manifestOfOriginals(
  manifest: Manifest,
  originals: ReadonlyMap<string, string>,
  isStored: (path: string) => boolean,
): Manifest {
  const entries = Object.entries(manifest).map(([key, entry]) => {
    if (!isStored(key)) return [key, isStored(entry.src ?? '') ? { ...entry, src: key } : entry] as const
    const original = originals.get(key)
    // Files that stand for nothing else are listed by Vite in this way.
    const name = original === undefined || original in manifest ? `_${entry.file.replace(/^.*\//, '')}` : original
    return [name, { ...entry, src: name }] as const
  })
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
