import { directoriesOf, indexLines, packageOf } from './lines.ts'

/** A module and where it lies. */
export interface PlacedModule {
  readonly key: string
  /** Name of the package it belongs to; absent for the app's own. */
  readonly package?: string | undefined
  /** Index of its chunk. */
  readonly chunk: number
  /** Part of a collection that the app takes one by one, see `asPicked`. */
  readonly picked?: boolean
}

/**
 * The shortest lines that say where all modules lie. The chunk with the most modules of a package gets the package as one line;
 * what lies elsewhere is named by directory where a whole directory lies in one chunk, else by itself. Files that appear later in a
 * directory or a package therefore have a place already. Collections have no such line: one icon more goes where it is used, and not into
 * a chunk that would otherwise have stayed as it was.
 *
 * @param count how many chunks there are
 * @returns per chunk its lines, sorted; they unfold to the very same partition
 */
export function foldModules(modules: readonly PlacedModule[], count: number): string[][] {
  const lines = Array.from({ length: count }, (): string[] => [])
  const rest: PlacedModule[] = []
  const packages = Map.groupBy(modules, packageLine)
  for (const [name, members] of packages) {
    if (name === undefined) {
      rest.push(...members)
      continue
    }
    if (members.some(({ picked }) => picked)) {
      for (const { key, chunk } of members) lines[chunk]?.push(key)
      continue
    }
    const main = biggestShare(members)
    lines[main]?.push(name)
    rest.push(...members.filter(({ chunk }) => chunk !== main))
  }
  const directories = uniformDirectories(modules)
  for (const { key, chunk } of rest) {
    lines[chunk]?.push(directoriesOf(key).find((directory) => directories.get(directory) === chunk) ?? key)
  }
  const folded = lines.map((list) => [...new Set(list)])
  const index = indexLines(folded.map((list) => ({ modules: list })))
  for (const { key, chunk } of modules) if (index.chunkOf(key) !== chunk) folded[chunk]?.push(key)
  return folded.map((list) => list.sort())
}

/** The line that could stand for a module's package. A second copy of a package goes by its path and has none. */
function packageLine({ key, package: name }: PlacedModule): string | undefined {
  const line = packageOf(key)
  return name !== undefined && (line === name || line?.startsWith(`${name}@`)) ? line : undefined
}

/** Chunk that has the most of the modules; the first in the plan among equals. */
function biggestShare(modules: readonly PlacedModule[]): number {
  const counts = new Map<number, number>()
  for (const { chunk } of modules) counts.set(chunk, (counts.get(chunk) ?? 0) + 1)
  const [first] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  return first === undefined ? 0 : first[0]
}

/** Directory → the one chunk that everything below it lies in; −1 when there are several. */
function uniformDirectories(modules: readonly PlacedModule[]): Map<string, number> {
  const directories = new Map<string, number>()
  for (const { key, chunk } of modules) {
    for (const directory of directoriesOf(key)) {
      const known = directories.get(directory)
      directories.set(directory, known === undefined || known === chunk ? chunk : -1)
    }
  }
  return directories
}
