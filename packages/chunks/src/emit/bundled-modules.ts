import { packageLookup, type GraphModule } from '@paceline/build-graph'
import { moduleKeys, type NamedModule } from '../analysis/module-keys.ts'
import { findPages, withoutPages, type Page } from '../analysis/pages.ts'
import { linkModules, type LinkedModules, type LinkSources } from '../plan-file/linking/link-modules.ts'

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
  return { ...linkModules(bundled, sources), names, pages }
}
