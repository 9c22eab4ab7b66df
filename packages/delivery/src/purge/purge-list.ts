import { fileUrl } from '../links/route-links.ts'
import type { DeliveryManifest } from '../manifest.ts'
import { isFixed } from '../policy/resolve-path.ts'

/** Names of a release's files with the SHA-256 of their contents. */
export type ReleaseFiles = ReadonlyMap<string, string>

/**
 * URLs, as paths from the root of the site, whose bytes are others than those of the release before: what a cache in front of the site has to
 * forget. A file under a hashed name never is among them. Removed files are: they are to be missed.
 *
 * @param previous files of the release before; nothing when there was none
 */
export function purgePaths(manifest: DeliveryManifest, previous: ReleaseFiles | undefined): string[] {
  if (previous === undefined) return []
  const now = new Map(manifest.files.map((file) => [file.file, file]))
  const changed = new Set<string>()
  for (const [file, sha256] of previous) {
    const current = now.get(file)
    if (current?.hashed) continue
    if (current?.sha256 !== sha256) changed.add(file)
  }
  // What is new may have been asked for before, and the shell or a 404 been kept in its place.
  for (const { file, hashed } of manifest.files) if (!hashed && !previous.has(file)) changed.add(file)
  const paths = new Set([...changed].map((file) => fileUrl(manifest.base, file)))
  for (const { pattern, file } of manifest.documents) if (changed.has(file)) paths.add(purgePattern(pattern))
  // The shell answers for every address that there is no file for; no list of them is complete.
  if (manifest.fallback !== undefined && changed.has(manifest.fallback))
    paths.add(`${manifest.base.replace(/\/*$/, '')}/*`)
  return [...paths].sort()
}

/** An open pattern becomes a prefix: `/notes/:noteId` is `/notes/*`. */
function purgePattern(pattern: string): string {
  return isFixed(pattern) ? pattern : pattern.replace(/[^/]*[:*].*$/, '*')
}
