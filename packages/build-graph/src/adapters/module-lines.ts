import type { GraphModule, ImportEdge } from '../core/build-input.ts'
import { cleanId, isVirtual, packageOf } from '../core/paths.ts'
import { matchImport } from '../core/specifiers.ts'
import { sourceImports } from './source-imports.ts'

/** Adds the lines of the app's own imports. Packages are left out: nobody edits them, and there are many. */
export async function withLines(modules: readonly GraphModule[]): Promise<GraphModule[]> {
  return Promise.all(
    modules.map(async (module) => {
      if (isVirtual(module.id) || packageOf(module.id) || module.imports.length === 0) return module
      const written = await sourceImports(cleanId(module.id))
      const imports = module.imports.map((edge): ImportEdge => {
        const line = matchImport(module.id, edge.id, edge.kind, written)?.line
        return line === undefined ? edge : { id: edge.id, kind: edge.kind, line }
      })
      return { id: module.id, entry: module.entry, imports }
    }),
  )
}
