import type { GraphModule, ImportEdge } from '../core/build-input.ts'
import { cleanId, isVirtual, packageOf } from '../core/paths.ts'
import { matchModule } from '../core/specifiers.ts'
import { readSource } from './read-source.ts'
import { lineCounter } from './source-imports.ts'

/** As Vite recognizes it; what is left out here is no worker for it either. */
const STARTS =
  /\bnew\s+(?:Shared)?Worker\s*\(\s*new\s+URL\s*\(\s*(['"`])([^'"`\n]+)\1\s*,\s*import\.meta\.url\s*,?\s*\)/g

/** Whether a module stands for a worker in the app: what it starts is loaded at run time, or a part of it as text. */
export function isWorkerImport(id: string): boolean {
  return /[?&](?:shared)?worker\b/.test(id)
}

/**
 * Adds the imports that bundlers do not know of: a worker is a build of its own, started by `w.js?worker` or by
 * `new Worker(new URL('./w.js', import.meta.url))`, with the line of the latter.
 *
 * @param started where workers begin
 * @param sources text of the app's files by path
 */
export async function linkWorkers(
  modules: readonly GraphModule[],
  started: readonly string[],
  sources: ReadonlyMap<string, string>,
): Promise<GraphModule[]> {
  if (started.length === 0) return [...modules]
  const known = new Set(started)
  // A package starts its own workers, if any.
  const owners = new Set(started.flatMap((id) => packageOf(id)?.dir ?? []))
  return Promise.all(
    modules.map(async (module) => {
      const file = cleanId(module.id)
      if (isWorkerImport(module.id)) {
        return known.has(file) ? withEdges(module, [{ id: file, kind: 'dynamic' }]) : module
      }
      if (isVirtual(module.id)) return module
      const owner = packageOf(module.id)
      const code = owner && owners.has(owner.dir) ? readSource(file) : sources.get(file)
      return code === undefined ? module : withEdges(module, await startsIn(module.id, code, started))
    }),
  )
}

function withEdges(module: GraphModule, edges: readonly ImportEdge[]): GraphModule {
  return edges.length === 0 ? module : { ...module, imports: [...module.imports, ...edges] }
}

async function startsIn(id: string, code: string, started: readonly string[]): Promise<ImportEdge[]> {
  const matches = [...code.matchAll(STARTS)]
  if (matches.length === 0) return []
  const comments = await commentsOf(cleanId(id), code)
  const lineAt = lineCounter(code)
  return matches.flatMap((match): ImportEdge[] => {
    if (comments.some(({ start, end }) => start <= match.index && match.index < end)) return []
    const target = matchModule(id, match[2]!, started)
    return target === undefined ? [] : [{ id: target, kind: 'dynamic', line: lineAt(match.index) }]
  })
}

async function commentsOf(file: string, code: string): Promise<readonly { start: number; end: number }[]> {
  const { parseSync } = await import('oxc-parser')
  return parseSync(file, code).comments
}
