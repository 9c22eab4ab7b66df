import type { NameStem } from './release-record.ts'

/** What was put in for `[hash]`: bundlers make at least six characters. */
const LEAST_HASH = 6
const HASH = /\[hash(?::[^\]]*)?\]/
/** What bundlers replace in names (Rollup's `sanitizeFileName`, Rolldown's is the same). */
// eslint-disable-next-line no-control-regex -- control characters are what is replaced
const UNSAFE = /[\u0000-\u001F"#$%&*+,:;<=>?[\]^`{|}\u007F]/g

/**
 * The stem of a chunk's name. Before contents are known, bundlers put a placeholder where the hash goes; so a name that is still the
 * same has no hash, whatever it looks like.
 *
 * @param preliminary `preliminaryFileName` of the chunk
 */
export function chunkStem(file: string, preliminary: string | undefined): NameStem | undefined {
  if (preliminary === undefined || preliminary === file) return undefined
  let start = 0
  while (start < file.length && file[start] === preliminary[start]) start++
  let end = 0
  const most = Math.min(file.length, preliminary.length) - start
  while (end < most && file.at(-1 - end) === preliminary.at(-1 - end)) end++
  // The placeholder ends in characters that no hash has, so nothing of the hash is in the suffix.
  const suffix = end === 0 ? '' : file.slice(-end)
  return file.length - start - end >= LEAST_HASH ? { prefix: file.slice(0, start), suffix } : undefined
}

/**
 * The stem of an asset's name, when the name is what the pattern makes of one of the asset's own names. Files that were emitted under a
 * fixed name are not: unhashed when in doubt.
 *
 * @param pattern `assetFileNames`
 * @param names the asset's names before there was a hash
 */
export function assetStem(file: string, pattern: string, names: readonly string[]): NameStem | undefined {
  const [before, after] = pattern.split(HASH)
  if (before === undefined || after === undefined) return undefined
  for (const name of names) {
    for (const known of [name, name.slice(name.lastIndexOf('/') + 1)]) {
      const prefix = expand(before, known)
      const suffix = expand(after, known)
      const isMade = file.startsWith(prefix) && file.endsWith(suffix)
      if (isMade && file.length - prefix.length - suffix.length >= LEAST_HASH) return { prefix, suffix }
    }
  }
  return undefined
}

function expand(part: string, name: string): string {
  const dot = name.lastIndexOf('.')
  const extension = dot > name.lastIndexOf('/') ? name.slice(dot) : ''
  const stem = extension === '' ? name : name.slice(0, dot)
  return part
    .replaceAll('[name]', () => stem.replace(UNSAFE, '_'))
    .replaceAll('[extname]', () => extension)
    .replaceAll('[ext]', () => extension.slice(1))
}
