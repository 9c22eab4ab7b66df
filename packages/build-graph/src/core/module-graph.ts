import type { ModuleEntry, ModuleImport } from '../report.ts'
import type { GraphModule } from './build-input.ts'
import type { InstalledPackage } from './packages.ts'
import { reportId } from './paths.ts'

/**
 * The module graph under the ids of a report, sorted by them so that the report does not depend on the order of
 * loading. Modules of one id are one: what they import of each other is left out.
 */
export function moduleGraph(
  modules: readonly GraphModule[],
  root: string,
  packageOf: (id: string) => InstalledPackage | undefined,
): ModuleEntry[] {
  const idOf = new Map(modules.map(({ id }) => [id, reportId(id, root)]))
  const named = [...Map.groupBy(modules, ({ id }) => idOf.get(id)!)]
  named.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const index = new Map(named.map(([id], position) => [id, position]))
  return named.map(([id, parts], position): ModuleEntry => {
    const owner = packageOf(id)
    const imports = parts.flatMap((part) =>
      part.imports.flatMap((edge): ModuleImport[] => {
        const to = index.get(idOf.get(edge.id) ?? '')
        if (to === undefined || (parts.length > 1 && to === position)) return []
        return [{ to, kind: edge.kind, ...(edge.line ? { line: edge.line } : {}) }]
      }),
    )
    return {
      id,
      ...(owner ? { package: owner.name } : {}),
      ...(parts.some(({ entry }) => entry) ? { entry: true as const } : {}),
      imports: withoutRepetition(imports),
    }
  })
}

/** Of two imports of one module in the same way the first with a line. */
function withoutRepetition(imports: readonly ModuleImport[]): ModuleImport[] {
  const byTarget = new Map<string, ModuleImport>()
  for (const edge of imports) {
    const key = `${edge.kind} ${edge.to}`
    if (byTarget.get(key)?.line === undefined) byTarget.set(key, edge)
  }
  return [...byTarget.values()]
}
