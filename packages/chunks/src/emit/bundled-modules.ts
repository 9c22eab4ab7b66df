import { packageLookup, type GraphModule } from '@paceline/build-graph'
import { moduleKeys, type NamedModule } from '../analysis/module-keys.ts'
import { findPages, withoutPages, type Page } from '../analysis/pages.ts'
import type { BundledModule } from '../plan-file/placement/bundled-graph.ts'

export interface BundledApp {
  readonly modules: BundledModule[]
  /** What the modules are called, by the bundler's id. */
  readonly names: ReadonlyMap<string, NamedModule>
  /** HTML pages, which are not among the modules: their scripts are. */
  readonly pages: ReadonlyMap<string, Page>
}

/**
 * The module graph of a build as the placement of a plan needs it.
 *
 * @param root the Vite root
 * @param survived ids of the modules that tree shaking left something of
 */
export function bundledModules(
  modules: readonly GraphModule[],
  root: string,
  survived: ReadonlySet<string>,
): BundledApp {
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
  return { modules: bundled, names, pages }
}
