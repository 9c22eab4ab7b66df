/** Answers which of a plan's lines, and so which chunk, a module belongs to. */
export interface LineIndex {
  /** The line that covers a module: its key, else the deepest directory, else its package. */
  lineOf(key: string): string | undefined
  /** Chunk of that line, an index. */
  chunkOf(key: string): number | undefined
}

/** Puts the lines of all chunks into one index. Lines are unique across chunks: parsing makes sure of it. */
export function indexLines(chunks: readonly { readonly modules: readonly string[] }[]): LineIndex {
  const chunkOfLine = new Map(chunks.flatMap(({ modules }, index) => modules.map((line) => [line, index] as const)))
  // A version stands in a name only while there are several: after an update it is another one, or none.
  const anyVersion = new Map<string, string>()
  for (const line of [...chunkOfLine.keys()].toReversed()) {
    if (/^(@[^/]+\/)?[^/]+$/.test(line)) anyVersion.set(withoutVersion(line), line)
  }
  const lineOf = (key: string): string | undefined => {
    if (chunkOfLine.has(key)) return key
    return directoriesOf(key).findLast((directory) => chunkOfLine.has(directory)) ?? packageLine(key)
  }
  const packageLine = (key: string): string | undefined => {
    const line = packageOf(key)
    if (line === undefined || chunkOfLine.has(line)) return line
    return anyVersion.get(withoutVersion(line))
  }
  return {
    lineOf,
    chunkOf: (key) => {
      const line = lineOf(key)
      return line === undefined ? undefined : chunkOfLine.get(line)
    },
  }
}

function withoutVersion(name: string): string {
  return name.replace(/(?<=.)@.*$/s, '')
}

/**
 * The part of a key that names its package: `@fluentui/tokens`, `react`, `lodash@4.17.21`. An app's `src/main.tsx` has one
 * too, `src`, which is harmless: were there a package of that name, the key would begin with `./`, and have none.
 */
export function packageOf(key: string): string | undefined {
  return /^(?!\.\/)(@[^/]+\/[^/]+|[^@/][^/]*)\//.exec(key)?.[1]
}

/**
 * All directories above a module, the nearest last, each with a `/` at its end. Virtual modules have none: what stands between
 * their slashes is not a place where further files appear. Nor is `./`, which only says that a name is not a package's.
 */
export function directoriesOf(key: string): string[] {
  const path = key.replace(/\?.*$/s, '')
  if (/[:\0]/.test(path)) return []
  const directories: string[] = []
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
    if (end > 0 && path.slice(0, end) !== '.') directories.push(path.slice(0, end + 1))
  }
  return directories
}
