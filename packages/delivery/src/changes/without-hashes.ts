import type { ArchivedFile } from '../archive/release-record.ts'

/** Runs of what may stand in the name of a file, as code and styles write it. */
const WORDS = /[^\s"'`(),;\\/<>[\]{}]+/g

/**
 * A text in which hashed names of files are replaced by what they are without their hash, so that two texts which differ only in those are
 * equal.
 *
 * @returns the names, too, in the order in which they occur first
 */
export function withoutHashes(
  text: string,
  files: readonly Pick<ArchivedFile, 'file' | 'stem'>[],
): { readonly text: string; readonly names: string[] } {
  const names = new Map(files.flatMap(({ file, stem }) => (stem ? [[lastPart(file), { file, stem }] as const] : [])))
  const found = new Set<string>()
  const replaced = text.replace(WORDS, (word) => {
    const known = names.get(word)
    if (!known) return word
    found.add(known.file)
    return `${lastPart(known.stem.prefix)}*${known.stem.suffix}`
  })
  return { text: replaced, names: [...found] }
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
