import type { ModuleEntry, ModuleImport } from '../report.ts'
import type { GraphModule } from './build-input.ts'
import type { InstalledPackage } from './packages.ts'
import { displayId } from './paths.ts'

/** The module graph under display ids, sorted by id so that the report does not depend on the order of loading. */
export function moduleGraph(
  modules: readonly GraphModule[],
  root: string,
  packageOf: (id: string) => InstalledPackage | undefined,
): ModuleEntry[] {
  const named = modules.map((module) => ({ module, id: displayId(module.id, root) }))
  named.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const index = new Map(named.map(({ module }, position) => [module.id, position]))
  return named.map(({ module, id }): ModuleEntry => {
    const owner = packageOf(id)
    return {
      id,
      ...(owner ? { package: owner.name } : {}),
      ...(module.entry ? { entry: true as const } : {}),
      imports: module.imports.flatMap((edge): ModuleImport[] => {
        const to = index.get(edge.id)
        return to === undefined ? [] : [{ to, kind: edge.kind, ...(edge.line ? { line: edge.line } : {}) }]
      }),
    }
  })
}
