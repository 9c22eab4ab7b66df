import { fileUrl } from '../links/route-links.ts'
import type { DeliveryManifest } from '../manifest.ts'
import type { Headers } from '../policy/assign-policies.ts'
import { basePath, isFixed } from '../policy/resolve-path.ts'

/** Names of a release's files with the SHA-256 of their contents. */
export type ReleaseFiles = ReadonlyMap<string, string>

/**
 * URLs, as paths from the root of the site, whose bytes are others than those of the release before: what a cache in front of the site has to
 * forget. A file under a hashed name never is among them. Removed files are: they are to be missed. `*` at the end stands for all below.
 *
 * The shell of an app answers for every address that there is no file for, and no list of those is complete. All of them are named, and all files
 * with them, only where the shell's own headers let a cache keep it; by the default ones a cache asks each time.
 *
 * @param previous files of the release before; nothing when there was none
 */
export function purgePaths(manifest: DeliveryManifest, previous: ReleaseFiles | undefined): string[] {
  if (previous === undefined) return []
  const changed = changedFiles(manifest, previous)
  const paths = new Set([...changed].map((file) => fileUrl(manifest.base, file)))
  const everything = `${basePath(manifest)}/*`
  const kept = new Set(
    manifest.files.filter(({ policy }) => mayBeKept(manifest.policies[policy] ?? {})).map(({ file }) => file),
  )
  for (const { pattern, file } of manifest.documents) {
    const path = purgePattern(pattern)
    if (changed.has(file) && (path !== everything || kept.has(file))) paths.add(path)
  }
  const { fallback } = manifest
  if (fallback !== undefined && changed.has(fallback) && kept.has(fallback)) paths.add(everything)
  return withoutCovered(paths).sort()
}

function changedFiles({ files }: DeliveryManifest, previous: ReleaseFiles): Set<string> {
  const now = new Map(files.map((file) => [file.file, file]))
  const changed = new Set<string>()
  for (const [file, sha256] of previous) {
    const current = now.get(file)
    if (current?.hashed) continue
    if (current?.sha256 !== sha256) changed.add(file)
  }
  // What is new may have been asked for before, and the shell or a 404 been kept in its place.
  for (const { file, hashed } of files) if (!hashed && !previous.has(file)) changed.add(file)
  return changed
}

/** An open pattern becomes a prefix: `/notes/:noteId` is `/notes/*`. */
function purgePattern(pattern: string): string {
  return isFixed(pattern) ? pattern : pattern.replace(/[^/]*[:*].*$/, '*')
}

/** What caches of others go by, those of CDNs first (RFC 9213, and what came before it). */
const CACHE_HEADERS = [
  'cdn-cache-control',
  'cloudflare-cdn-cache-control',
  'surrogate-control',
  'cache-control',
] as const

/** Whether a shared cache may answer with it without asking (RFC 9111, section 3 and 4.2). One that is told nothing guesses. */
function mayBeKept(headers: Headers): boolean {
  const told = CACHE_HEADERS.flatMap((name) => headers[name] ?? [])
  return told.length === 0 || told.some(letsKeep)
}

function letsKeep(value: string): boolean {
  const directives = value
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
  if (directives.some((one) => /^(?:no-cache|no-store|private)\b/.test(one))) return false
  const age = (name: string): number | undefined => {
    const found = directives.find((one) => one.startsWith(`${name}=`))
    return found === undefined ? undefined : Number.parseInt(found.slice(name.length + 1).replaceAll('"', ''), 10)
  }
  return (age('s-maxage') ?? age('max-age')) !== 0
}

/** What a prefix of the list stands for need not be named beside it. */
function withoutCovered(paths: ReadonlySet<string>): string[] {
  const prefixes = [...paths].filter((path) => path.endsWith('*')).map((path) => path.slice(0, -1))
  return [...paths].filter((path) => {
    const own = path.endsWith('*') ? path.slice(0, -1) : undefined
    return !prefixes.some((prefix) => prefix !== own && path.startsWith(prefix))
  })
}
