import type { OwnedRange } from './ownership/ranges.ts'

/**
 * Which module wrote which part of an emitted script, for who only has a position in it: coverage in the lab, stack traces and long animation
 * frames from the field. It belongs to a content, not to a name: an edge that rewrites files shifts every position in them.
 */
export interface CharTable {
  readonly schemaVersion: 1
  /** First 16 hex digits of the SHA-256 of the content, as the report has it. */
  readonly hash: string
  /** As this build called it. */
  readonly file: string
  /** Ids as in the report. */
  readonly modules: readonly string[]
  /** Pairs, one after the other: how many UTF-16 code units, and whose: an index of `modules`, or -1 for the bundler's own. */
  readonly runs: readonly number[]
  /** Offsets where its lines begin but the first, ascending; absent where there is only one. Stack traces are by line. */
  readonly lines?: readonly number[]
}

/** What identifies the content that a table is about. */
interface TableSubject {
  readonly file: string
  readonly hash: string
}

/**
 * @param ranges over the code units of the file, sorted, without holes; owners index `ids`
 * @param text of the file
 */
export function charTable(
  { file, hash }: TableSubject,
  ranges: readonly OwnedRange[],
  ids: readonly string[],
  text: string,
): CharTable {
  const indexes = new Map<string, number>()
  const runs: number[] = []
  for (const { start, end, owner } of ranges) {
    const id = owner < 0 ? undefined : ids[owner]
    const module = id === undefined ? -1 : indexOf(indexes, id)
    // Several ids of the bundler may be shown under one name.
    if (runs.at(-1) === module) runs[runs.length - 2]! += end - start
    else runs.push(end - start, module)
  }
  const lines = Array.from(text.matchAll(/\r\n|[\n\r\u2028\u2029]/g), (end) => end.index + end[0].length)
  const table = { schemaVersion: 1, hash, file, modules: [...indexes.keys()], runs } as const
  return lines.length === 0 ? table : { ...table, lines }
}

/** The module that wrote the code unit at a position; nothing for the bundler's own code and beyond the end. */
export function moduleAt({ modules, runs }: CharTable, position: number): string | undefined {
  let end = 0
  for (let run = 0; run < runs.length; run += 2) {
    end += runs[run]!
    if (position < end) return position < 0 ? undefined : modules[runs[run + 1]!]
  }
  return undefined
}

function indexOf(indexes: Map<string, number>, id: string): number {
  const known = indexes.get(id)
  if (known !== undefined) return known
  indexes.set(id, indexes.size)
  return indexes.size - 1
}
