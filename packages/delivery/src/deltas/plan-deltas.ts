import type { ArchivedFile, ReleaseRecord } from '../archive/release-record.ts'
import { hasDeltas, matchesStem, patternLength } from './dictionary-pattern.ts'

/** A file of the current release and what a returning browser may offer for it. */
export interface PlannedDelta {
  readonly file: ArchivedFile
  readonly dictionary: ArchivedFile
  /** The newest release that has the dictionary. */
  readonly release: string
}

/** Predecessors of one file in one release. More are hardly ever offered, and each costs time in every build. */
const MOST_PER_RELEASE = 2

/**
 * Which deltas are worth a try. Only dictionaries whose pattern fits the URL: nothing else is ever offered. Of those, the one of the longest
 * pattern, which browsers prefer, and the one that shares most with the file, when that is another one.
 *
 * @param archived newest first
 */
export function planDeltas(current: ReleaseRecord, archived: readonly ReleaseRecord[]): PlannedDelta[] {
  const planned: PlannedDelta[] = []
  const wanted = current.files.filter(hasDeltas)
  const known = new Set<string>()
  for (const { files, release, base } of archived) {
    // A dictionary is only offered where its pattern leads.
    if (base !== current.base) continue
    const names = new Set(files.map(({ file }) => file))
    const dictionaries = files.filter(({ dictionary }) => dictionary)
    for (const file of wanted) {
      // Who has this release has the file itself.
      if (names.has(file.file)) continue
      for (const dictionary of predecessors(file, dictionaries)) {
        const key = `${file.file}\0${dictionary.sha256}`
        if (dictionary.sha256 === file.sha256 || known.has(key)) continue
        known.add(key)
        planned.push({ file, dictionary, release })
      }
    }
  }
  return planned
}

/** Files of one release that browsers may offer for another, the likeliest first. */
export function predecessors(file: ArchivedFile, dictionaries: readonly ArchivedFile[]): ArchivedFile[] {
  const ranked = dictionaries
    .filter(({ stem }) => stem && matchesStem(stem, file.file))
    .map((dictionary) => ({
      dictionary,
      length: patternLength(dictionary.stem!),
      shared: sharedBytes(dictionary, file),
    }))
  const offered = ranked.toSorted((a, b) => b.length - a.length)[0]
  const closest = ranked.toSorted((a, b) => b.shared - a.shared || b.length - a.length)[0]
  if (!offered || !closest) return []
  return [...new Set([offered.dictionary, closest.dictionary])].slice(0, MOST_PER_RELEASE)
}

/** Raw bytes of a file that modules wrote which the other one has, too: with the same code in full, by their name alone a half. */
export function sharedBytes(old: ArchivedFile, now: ArchivedFile): number {
  const hashes = new Map((old.modules ?? []).map(({ id, hash }) => [id, hash]))
  return (now.modules ?? []).reduce((sum, { id, hash, bytes }) => {
    const before = hashes.get(id)
    if (before === undefined) return sum
    return sum + (before === hash ? bytes : bytes / 2)
  }, 0)
}
