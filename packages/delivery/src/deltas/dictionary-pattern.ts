import type { ArchivedFile, NameStem } from '../archive/release-record.ts'

/** Contents that deltas are made of: text, and what is as large. Pictures and fonts have nothing in common with their predecessors. */
const WITH_DELTAS = /\.(?:[cm]?js|css|wasm|json)$/

/** Whether a file may have deltas. One with `:` may not: in a URL pattern that cannot be escaped where a scheme could end. */
export function hasDeltas({ file, stem }: Pick<ArchivedFile, 'file' | 'stem'>): boolean {
  return stem !== undefined && WITH_DELTAS.test(file) && !file.includes(':')
}

/**
 * The URL pattern of a stem, for `match` of `Use-As-Dictionary` (RFC 9842, section 2.1.1): the URLs of all files of this stem, whatever
 * their hash. Characters that mean something in a URL pattern are escaped.
 *
 * With a relative base nobody knows where the app is mounted; then the pattern is relative as well, and browsers resolve it against the
 * dictionary's own URL.
 *
 * @param base `base` of the Vite config
 */
export function dictionaryPattern({ prefix, suffix }: NameStem, base: string): string {
  if (base === '' || base === './') {
    return `${escape(prefix.slice(prefix.lastIndexOf('/') + 1))}*${escape(suffix)}`
  }
  return `${escape(pathOf(base))}${escape(prefix)}*${escape(suffix)}`
}

/** Whether a browser that holds a dictionary of this stem has a use for it in the request for a file. */
export function matchesStem({ prefix, suffix }: NameStem, file: string): boolean {
  return file.length >= prefix.length + suffix.length && file.startsWith(prefix) && file.endsWith(suffix)
}

/** Of several dictionaries that match, browsers offer that of the longest pattern (RFC 9842, section 2.2.3). */
export function patternLength({ prefix, suffix }: NameStem): number {
  return prefix.length + suffix.length
}

/**
 * The files of a release that are dictionaries: one for each stem. Browsers keep one dictionary for each pattern, the one they got last;
 * where many chunks share a stem (`index-*.js`) that would be any of them. So only the one that most visitors have may be it, and of
 * those that are loaded alike, the largest.
 *
 * @param weight how many routes load a file first
 */
export function dictionaryHolders<File extends Pick<ArchivedFile, 'file' | 'stem' | 'bytes'>>(
  files: readonly File[],
  weight: (file: string) => number,
): Set<File> {
  const holders = new Map<string, File>()
  for (const file of files) {
    if (!file.stem || !hasDeltas(file)) continue
    const key = `${file.stem.prefix}*${file.stem.suffix}`
    const other = holders.get(key)
    if (!other || isBetter(file, other, weight)) holders.set(key, file)
  }
  return new Set(holders.values())
}

type Ranked = Pick<ArchivedFile, 'file' | 'bytes'>

function isBetter(a: Ranked, b: Ranked, weight: (file: string) => number): boolean {
  const byWeight = weight(a.file) - weight(b.file)
  if (byWeight !== 0) return byWeight > 0
  return a.bytes === b.bytes ? a.file < b.file : a.bytes > b.bytes
}

function pathOf(base: string): string {
  // Of a CDN only the path counts: a dictionary is for its own origin anyway.
  if (/^(?:https?:)?\/\//.test(base)) return new URL(base, 'https://localhost').pathname
  return base.startsWith('/') ? base : '/'
}

/** As a browser writes it in a URL, with what URL patterns use escaped. */
function escape(text: string): string {
  return encodeURI(text)
    .replaceAll('#', '%23')
    .replace(/[*?+{}()\\]/g, (character) => (character === '?' ? '%3F' : `\\${character}`))
}
