import { indexReport } from '@paceline/build-graph'
import type { BuildReport, ModuleEntry, ModuleImport } from '@paceline/build-graph'
import { follower } from './load-scopes.ts'
import type { NamedScope } from './load-scopes.ts'

/** An import of the new build. */
export interface Edge {
  readonly from: number
  readonly to: number
  readonly line?: number
  readonly isNew: boolean
}

export interface Trace {
  /** Reached module → the import through which it was reached first; entries of the scope have none. */
  readonly parents: ReadonlyMap<number, Edge | undefined>
  /** The import to blame for each reached module. */
  readonly blame: ReadonlyMap<number, Edge>
}

interface Blame {
  /** The first import on the way in that the old build did not have. */
  readonly first?: Edge
  /** The last new import that the app itself wrote. */
  readonly lastOwn?: Edge
  /** The last new import of all. */
  readonly last?: Edge
  /** The last import that the app itself wrote, new or not. */
  readonly own?: Edge
}

/**
 * Walks a load from its roots, nearest modules first, and finds for each module the import to blame for its presence.
 *
 * For a package that is the app's own new import nearest to it: there it can be replaced. For a module of the app it
 * is the first new import on the way: the door through which the whole feature came.
 *
 * @param isNew whether the old build lacked an import
 */
export function traceArrivals(
  report: BuildReport,
  scope: NamedScope,
  isNew: (from: ModuleEntry, edge: ModuleImport) => boolean,
): Trace {
  const { modules } = report
  const follows = follower(scope)
  const entries = indexReport(report).entries.filter((entry) => scope.roots.includes(modules[entry]!.id))
  const parents = new Map<number, Edge | undefined>(entries.map((entry) => [entry, undefined]))
  const blames = new Map<number, Blame>()
  const order = [...entries]
  for (const from of order) {
    const importer = modules[from]!
    for (const imported of importer.imports) {
      const { to, line } = imported
      if (parents.has(to) || !modules[to] || !follows(imported, modules[to].id)) continue
      const edge: Edge = { from, to, ...(line === undefined ? {} : { line }), isNew: isNew(importer, imported) }
      parents.set(to, edge)
      blames.set(to, follow(blames.get(from) ?? {}, edge, importer.package === undefined))
      order.push(to)
    }
  }
  const blame = new Map<number, Edge>()
  for (const [position, found] of blames) {
    const edge =
      modules[position]!.package === undefined ? (found.first ?? found.own) : (found.lastOwn ?? found.last ?? found.own)
    if (edge) blame.set(position, edge)
  }
  return { parents, blame }
}

function follow(blame: Blame, edge: Edge, ownedByApp: boolean): Blame {
  return {
    ...blame,
    ...(edge.isNew && !blame.first ? { first: edge } : {}),
    ...(edge.isNew && ownedByApp ? { lastOwn: edge } : {}),
    ...(edge.isNew ? { last: edge } : {}),
    ...(ownedByApp ? { own: edge } : {}),
  }
}
