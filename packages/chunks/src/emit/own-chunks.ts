import type { BundledModule } from '../plan-file/placement/bundled-graph.ts'

/** Reached by more than one of those that loading can begin with. */
const SEVERAL = Symbol('several')

/**
 * Chunks of a plan that the bundler makes of the same modules when nobody names them: one lazy module, and what only it leads to. Named,
 * the chunk is no longer that of the `import()`, and Rolldown gives the module a namespace object, for which every route
 * loads a chunk of helpers. The same goes for an entry that nobody imports; those of pages have the page in their chunk, which nobody leads to.
 *
 * @param modules as they are linked, with imports that may be used: what others may lead to as well is named
 * @param table module id → name of its chunk
 * @returns id of the lazy module, or of the entry → name of its chunk
 */
export function ownChunks(
  modules: readonly BundledModule[],
  table: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const byId = new Map(modules.map((module) => [module.id, module]))
  const owners = ownersOf(byId)
  const lazy = new Set(modules.flatMap(({ removed, dynamicImports }) => (removed === true ? [] : dynamicImports)))
  const chunks = new Map<string, string | typeof SEVERAL | undefined>()
  for (const [id, chunk] of table) {
    const owner = owners.get(id)
    chunks.set(chunk, !chunks.has(chunk) || chunks.get(chunk) === owner ? owner : SEVERAL)
  }
  return new Map(
    [...chunks].flatMap(([chunk, owner]): [string, string][] => {
      // An entry without a page may be a service worker: named, its file would only import the chunk.
      if (typeof owner !== 'string' || (byId.get(owner)?.entry === true && lazy.has(owner))) return []
      return table.get(owner) === chunk ? [[owner, chunk]] : []
    }),
  )
}

/** Module → the entry or `import()` target that leads to it with static imports, itself included, if it is only one. */
function ownersOf(modules: ReadonlyMap<string, BundledModule>): ReadonlyMap<string, string | typeof SEVERAL> {
  const owners = new Map<string, string | typeof SEVERAL>()
  const waiting: [id: string, owner: string | typeof SEVERAL][] = []
  for (const { id, entry, removed, dynamicImports } of modules.values()) {
    if (entry) waiting.push([id, id])
    if (removed !== true) for (const target of dynamicImports) waiting.push([target, target])
  }
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [id, owner] = next
    const known = owners.get(id)
    if (known === owner || known === SEVERAL) continue
    const found = known === undefined ? owner : SEVERAL
    owners.set(id, found)
    for (const target of modules.get(id)?.imports ?? []) waiting.push([target, found])
  }
  return owners
}
