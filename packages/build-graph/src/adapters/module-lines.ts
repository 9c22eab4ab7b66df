import type { GraphModule, ImportEdge } from '../core/build-input.ts'
import { cleanId, isVirtual, packageOf } from '../core/paths.ts'
import { matchImports } from '../core/specifiers.ts'
import { readSource } from './read-source.ts'
import { sourceImports } from './source-imports.ts'

/**
 * Adds the lines of the app's own imports. Packages are left out: nobody edits them, and there are many.
 *
 * @param sources text of the app's files by path
 * @param nameOf the package of a module outside of `node_modules`, where that is known
 */
export async function withLines(
  modules: readonly GraphModule[],
  sources: ReadonlyMap<string, string>,
  nameOf?: (id: string) => string | undefined,
): Promise<GraphModule[]> {
  return Promise.all(
    modules.map(async (module) => {
      if (isVirtual(module.id) || packageOf(module.id) || module.imports.length === 0) return module
      const written = await sourceImports(cleanId(module.id), sources.get(cleanId(module.id)))
      const found = matchImports(module.id, module.imports, written, nameOf)
      const imports = module.imports.map((edge, at): ImportEdge => {
        const line = found[at]?.line
        return line === undefined ? edge : { id: edge.id, kind: edge.kind, line }
      })
      return { id: module.id, entry: module.entry, imports }
    }),
  )
}

/** Reads the files of the app's own modules, each once: lines and routes are both found in them. */
export function readAppSources(modules: readonly GraphModule[]): Map<string, string> {
  const sources = new Map<string, string>()
  for (const { id } of modules) {
    const file = cleanId(id)
    if (isVirtual(id) || packageOf(id) || sources.has(file)) continue
    const code = readSource(file)
    if (code !== undefined) sources.set(file, code)
  }
  return sources
}
