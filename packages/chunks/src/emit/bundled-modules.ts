import { packageLookup, type GraphModule } from '@paceline/build-graph'
import { moduleKeys, type NamedModule } from '../analysis/module-keys.ts'
import { findPages, withoutPages, type Page } from '../analysis/pages.ts'
import { linkModules, type LinkedModules, type LinkSources } from '../plan-file/linking/link-modules.ts'
import type { BundledModule } from '../plan-file/placement/bundled-graph.ts'

export interface BundledApp extends LinkedModules {
  /** What the modules are called, by the bundler's id. */
  readonly names: ReadonlyMap<string, NamedModule>
  /** HTML pages, which are not among the modules: their scripts are. */
  readonly pages: ReadonlyMap<string, Page>
}

/** A build whose modules are to be placed. */
export interface BundledBuild {
  readonly modules: readonly GraphModule[]
  /** The Vite root. */
  readonly root: string
  /** Ids of the modules that tree shaking left something of. */
  readonly survived: ReadonlySet<string>
  readonly sources: LinkSources
}

/** The module graph of a build as the placement of a plan needs it. */
export function bundledModules({ modules, root, survived, sources }: BundledBuild): BundledApp {
  const names = moduleKeys(
    modules.map(({ id }) => id),
    root,
    packageLookup(root),
  )
  const pages = findPages(modules)
  const bundled = withoutPages(modules, pages).map(({ id, entry, imports }) => ({
    id,
    key: names.get(id)!.key,
    entry,
    imports: imports.flatMap((edge) => (edge.kind === 'static' ? [edge.id] : [])),
    dynamicImports: imports.flatMap((edge) => (edge.kind === 'dynamic' ? [edge.id] : [])),
    ...(survived.has(id) || entry ? {} : { removed: true }),
  }))
  const linked = linkModules(bundled, sources)
  const strays = straysOf(bundled, linked)
  if (strays.size === 0) return { ...linked, names, pages }
  const rest = bundled.map((module) => (strays.has(module.id) ? { ...module, removed: true } : module))
  return { ...linkModules(rest, sources), names, pages }
}

/**
 * Modules that Rollup counts among those that are left, although nobody asks for anything of theirs: `export const part = register(x)`
 * in a package without side effects. Its own chunks leave them out, but whatever a function sends to a chunk is written.
 */
function straysOf(bundled: LinkedModules['modules'], { modules }: LinkedModules): Set<string> {
  const byId = new Map(modules.map((module) => [module.id, module]))
  const reached = new Set(modules.flatMap(({ id, entry }) => (entry ? [id] : [])))
  // Grows while it is walked.
  for (const id of reached) {
    const module = byId.get(id)
    for (const next of [...(module?.imports ?? []), ...(module?.dynamicImports ?? [])]) reached.add(next)
  }
  // What nobody names is the bundler's own.
  const named = new Set(bundled.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports]))
  const isStray = ({ id, removed }: BundledModule): boolean => removed !== true && !reached.has(id) && named.has(id)
  return new Set(bundled.flatMap((module) => (isStray(module) ? [module.id] : [])))
}
