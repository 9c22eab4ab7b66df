import { packageLookup, type GraphModule } from '@paceline/build-graph'
import { moduleKeys, type NamedModule } from '../analysis/module-keys.ts'
import type { BundledModule } from '../plan-file/placement/bundled-graph.ts'

/**
 * The module graph of a build as the placement of a plan needs it.
 *
 * @param root the Vite root
 * @param survived ids of the modules that tree shaking left something of
 * @returns the modules, and what they are called
 */
export function bundledModules(
  modules: readonly GraphModule[],
  root: string,
  survived: ReadonlySet<string>,
): { readonly modules: BundledModule[]; readonly names: ReadonlyMap<string, NamedModule> } {
  const names = moduleKeys(
    modules.map(({ id }) => id),
    root,
    packageLookup(root),
  )
  const bundled = modules.map(({ id, entry, imports }) => ({
    id,
    key: names.get(id)!.key,
    entry,
    imports: imports.flatMap((edge) => (edge.kind === 'static' ? [edge.id] : [])),
    dynamicImports: imports.flatMap((edge) => (edge.kind === 'dynamic' ? [edge.id] : [])),
    ...(survived.has(id) || entry ? {} : { removed: true }),
  }))
  return { modules: bundled, names }
}
