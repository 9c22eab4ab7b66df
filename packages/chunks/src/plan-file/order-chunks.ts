/** Something that imports others by name. */
interface Importing {
  readonly name: string
  readonly imports: readonly string[]
}

/**
 * Puts chunks in an order in which each comes after the ones it imports; by name where there is a choice, so that it does not
 * depend on how a file happens to be sorted.
 *
 * @returns also a cycle, when there is one, as names from the first to itself
 */
export function orderChunks<Chunk extends Importing>(
  chunks: readonly Chunk[],
): { readonly ordered: readonly Chunk[]; readonly cycle?: readonly string[] } {
  const byName = new Map(chunks.map((chunk) => [chunk.name, chunk]))
  const state = new Map<string, 'open' | 'done'>()
  const ordered: Chunk[] = []
  const path: string[] = []
  let cycle: string[] | undefined
  const visit = (name: string): void => {
    const chunk = byName.get(name)
    if (!chunk || state.get(name) === 'done') return
    if (state.get(name) === 'open') {
      cycle ??= [...path.slice(path.indexOf(name)), name]
      return
    }
    state.set(name, 'open')
    path.push(name)
    for (const next of chunk.imports.toSorted()) visit(next)
    path.pop()
    state.set(name, 'done')
    ordered.push(chunk)
  }
  for (const name of [...byName.keys()].sort()) visit(name)
  return { ordered, ...(cycle ? { cycle } : {}) }
}
