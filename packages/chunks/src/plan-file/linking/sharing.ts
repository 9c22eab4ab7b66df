import type { SyntaxNode } from '@paceline/build-graph'
import { parseSync } from 'oxc-parser'
import { askedModules, ownerOf } from '../../analysis/asked-modules.ts'
import type { BundledModule } from '../placement/bundled-graph.ts'
import type { LinkSources } from './link-modules.ts'

/**
 * Tells modules that call what another one calls, too, and what may remember the first call. Only those are read that import what the module
 * calls.
 */
export function findSharing(
  modules: readonly BundledModule[],
  { codeOf, isPure }: Pick<LinkSources, 'codeOf' | 'isPure'>,
): (id: string) => boolean {
  const byId = new Map(modules.map((module) => [module.id, module]))
  const asked = askedModules({
    codeOf: (id) => (byId.get(id)?.removed === true || isPure(id) ? undefined : codeOf(id)),
    importsOf: (id) => byId.get(id)?.imports ?? [],
    parse: (code) => parseSync('module.js', code).program as unknown as SyntaxNode,
  })
  let importers: ReadonlyMap<string, ReadonlySet<string>> | undefined
  return (id) =>
    [...asked(id)].some((owner) => {
      importers ??= importersByOwner(modules)
      return [...(importers.get(owner) ?? [])].some((other) => other !== id && asked(other).has(owner))
    })
}

/** What may be called → the modules that import it. */
function importersByOwner(modules: readonly BundledModule[]): Map<string, Set<string>> {
  const importers = new Map<string, Set<string>>()
  for (const { id, imports } of modules) {
    for (const owner of imports.map(ownerOf)) importers.set(owner, (importers.get(owner) ?? new Set()).add(id))
  }
  return importers
}
