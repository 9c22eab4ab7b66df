import type { Lockfile } from '@paceline/kit'

/**
 * Lockfiles by name, and how a line of one names a package and its version. npm and Yarn 1 write the address of the archive, which has both.
 */
const ARCHIVE = /\/((?:@[^/"\s]+(?:\/|%2f))?[^/"\s]+)\/-\/[^/"\s]*?-(\d+\.\d+\.\d+[^/"\s#]*)\.tgz/i
const ENTRIES: Readonly<Record<Lockfile, readonly RegExp[]>> = {
  'pnpm-lock.yaml': [/^\s+'?\/?((?:@[^@/\s']+\/)?[^@/\s'":]+)[@/](\d+\.\d+\.\d+[^('":_\s]*)[^:]*:(?:\s|$)/],
  'package-lock.json': [ARCHIVE],
  'npm-shrinkwrap.json': [ARCHIVE],
  'yarn.lock': [ARCHIVE, /^\s+resolution: "((?:@[^/"]+\/)?[^@"]+)@npm:(\d[^":]*)"/],
  'bun.lock': [/^\s+"[^"]+": \["((?:@[^/"]+\/)?[^@"]+)@(\d[^"]*)"/],
}

/**
 * The packages that every commit has other versions of than the commit before. One that came or went is among them: from what changed it
 * cannot be told from one that others still hold to its old version.
 *
 * @param lines as `git log --patch` prints them, every commit after a line `commit <hash>`
 * @param lockfile name of the file
 * @returns one set per commit, in the order of the lines
 */
export async function lockChanges(
  lines: AsyncIterable<string> | Iterable<string>,
  lockfile: Lockfile,
): Promise<ReadonlySet<string>[]> {
  const entries = ENTRIES[lockfile]
  const commits: Versions[] = []
  for await (const line of lines) {
    if (line.startsWith('commit ')) commits.push({ added: new Map(), removed: new Map() })
    const side = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : undefined
    const commit = commits.at(-1)
    if (side === undefined || commit === undefined) continue
    const [, name, version] = matchOf(entries, line.slice(1)) ?? []
    if (name === undefined || version === undefined) continue
    const written = name.replace(/%2f/i, '/')
    commit[side].set(written, (commit[side].get(written) ?? new Set()).add(version))
  }
  return commits.map(({ added, removed }) => {
    const names = new Set([...added.keys(), ...removed.keys()])
    return new Set([...names].filter((name) => !isSame(added.get(name), removed.get(name))))
  })
}

function isSame(a: ReadonlySet<string> = new Set(), b: ReadonlySet<string> = new Set()): boolean {
  return a.size === b.size && [...a].every((version) => b.has(version))
}

interface Versions {
  readonly added: Map<string, Set<string>>
  readonly removed: Map<string, Set<string>>
}

function matchOf(entries: readonly RegExp[], line: string): RegExpExecArray | undefined {
  for (const entry of entries) {
    const match = entry.exec(line)
    if (match) return match
  }
  return undefined
}
