import { escapeExpression } from '../../links/path-pattern.ts'
import type { DeliveredFile } from '../../manifest.ts'
import { expression, key, value } from './nginx-text.ts'

/** What is said of each file, for a map; a file of which nothing is said has no entry. */
export function fileEntries(
  files: readonly DeliveredFile[],
  of: (file: DeliveredFile) => string | undefined,
): [string, string][] {
  const pairs = files.flatMap((file): [string, string][] => {
    const text = of(file)
    return text === undefined || text === '' ? [] : [[file.file, text]]
  })
  return pairs.map(byName(pairs.map(([name]) => name)))
}

/** Names that differ only by case are compared as expressions: nginx takes them for one another else, and says that they conflict. */
export function byName(
  names: readonly string[],
): (pair: readonly [string, string], index: number, all: readonly (readonly [string, string])[]) => [string, string] {
  let seen: Map<string, number> | undefined
  return ([name, text], _, all) => {
    seen ??= countLower(names.length > 0 ? names : all.map(([one]) => one))
    const isAlone = seen.get(name.toLowerCase()) === 1
    return [isAlone ? key(name) : expression(`^${escapeExpression(name)}$`), value(text)]
  }
}

function countLower(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1)
  return counts
}
