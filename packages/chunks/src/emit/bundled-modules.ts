import type { GraphModule } from '@paceline/build-graph'
import { moduleKeys, type KeyPackage, type NamedModule } from '../analysis/module-keys.ts'
import { findPages, withoutPages, type Page } from '../analysis/pages.ts'
import { linkModules, type LinkedModules, type LinkSources } from '../plan-file/linking/link-modules.ts'
import type { BundledModule } from '../plan-file/placement/bundled-graph.ts'
import { awaitingModules } from './awaiting-modules.ts'

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
  /** The package of a module by its display id. */
  readonly packageOf: (id: string) => KeyPackage | undefined
  /** Ids of the modules that tree shaking left something of. */
  readonly survived: ReadonlySet<string>
  readonly sources: LinkSources
}

type IsPure = LinkSources['isPure']

/** The module graph of a build as the placement of a plan needs it. */
export function bundledModules({ modules, root, packageOf, survived, sources }: BundledBuild): BundledApp {
  const names = moduleKeys(
    modules.map(({ id }) => id),
    root,
    packageOf,
  )
  const pages = findPages(modules)
  const read = withoutPages(modules, pages).map(({ id, entry, imports }): BundledModule => ({
    id,
    key: names.get(id)!.key,
    entry,
    imports: imports.flatMap((edge) => (edge.kind === 'static' ? [edge.id] : [])),
    dynamicImports: imports.flatMap((edge) => (edge.kind === 'dynamic' ? [edge.id] : [])),
    ...(survived.has(id) || entry ? {} : { removed: true }),
  }))
  const awaiting = awaitingModules(read, sources.codeOf)
  const bundled = read.map((module) => (awaiting.has(module.id) ? { ...module, awaits: true } : module))
  const linked = linkModules(bundled, sources)
  const strays = sources.keepsStrays ? straysOf(bundled, linked.modules, sources.isPure) : new Set<string>()
  if (strays.size === 0) return { ...linked, names, pages }
  const rest = bundled.map((module) => (strays.has(module.id) ? { ...module, removed: true } : module))
  return { ...linkModules(rest, sources), names, pages }
}

/**
 * Modules that Rollup counts among those that are left, although nobody asks for anything of theirs: `export const part = register(x)`
 * in a package without side effects. Its own chunks leave them out, but whatever a function sends to a chunk is written: a few parts of
 * Element Plus in an app would become all of it, 214 kB on every route of v3-admin-vite.
 */
function straysOf(written: readonly BundledModule[], linked: readonly BundledModule[], isPure: IsPure): Set<string> {
  const byId = new Map(written.map((module, index) => [module.id, { ...module, linked: linked[index]!.imports }]))
  const isRemoved = (id: string): boolean => byId.get(id)?.removed === true
  // A namespace: all that a barrel hands on.
  const whole = new Set(written.flatMap(({ removed, dynamicImports }) => (removed === true ? [] : dynamicImports)))
  const reached = new Set(written.flatMap(({ id, entry }) => (entry ? [id] : [])))
  // Grows while it is walked.
  for (const id of reached) {
    const { imports = [], dynamicImports = [], linked: used = [] } = byId.get(id) ?? {}
    if (isRemoved(id) && whole.has(id)) for (const next of imports) whole.add(next)
    const isAll = !isRemoved(id) || whole.has(id)
    // Rollup runs what a barrel imports, even if the barrel itself is declared to do nothing.
    const run = imports.filter((next) => isRemoved(next) || (isRemoved(id) && !isPure(next)))
    for (const next of isAll ? [...used, ...dynamicImports, ...run] : run) reached.add(next)
  }
  // What nobody names is the bundler's own.
  const named = new Set(written.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports]))
  const isStray = ({ id, removed }: BundledModule): boolean => removed !== true && !reached.has(id) && named.has(id)
  return new Set(written.flatMap((module) => (isStray(module) ? [module.id] : [])))
}
