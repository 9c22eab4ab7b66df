import type { SyntaxNode } from '@paceline/build-graph'
import { parseSync } from 'oxc-parser'
import { askedModules } from './asked-modules.ts'
import type { CapturedBuild } from './captured-build.ts'
import type { Survivor } from './module-code.ts'

/**
 * Modules with an initialiser that calls what is not known to do nothing but give a value.
 *
 * @param pure modules that their package or a plugin declares free of side effects
 */
export function startingModules(survivors: readonly Survivor[], pure: ReadonlySet<string>): Set<string> {
  const byId = new Map(survivors.map(({ chunk, code }) => [chunk.id, code]))
  // `connect()` looks like CommonJS that is required.
  const isFunction = (id: string): boolean => byId.has(id) && byId.get(id)?.wrapped === undefined
  const isStarting = ({ chunk: { id }, code }: Survivor): boolean =>
    // Modules that the bundler adds require CommonJS, and do nothing else.
    code.starts || (!id.startsWith('\0') && [...code.requires].some(isFunction))
  const ids = survivors.filter(isStarting).map(({ chunk }) => chunk.id)
  return new Set(ids.filter((id) => !pure.has(id)))
}

/** Those among some modules that call what another one of them calls, too, and what may remember the first call. */
export function sharingModules(
  { modules, sources }: Pick<CapturedBuild, 'modules' | 'sources'>,
  some: ReadonlySet<string>,
): Set<string> {
  const imports = new Map(
    modules.map(({ id, imports: edges }) => [id, edges.flatMap((edge) => (edge.kind === 'static' ? [edge.id] : []))]),
  )
  const asked = askedModules({
    codeOf: sources.codeOf,
    importsOf: (id) => imports.get(id) ?? [],
    parse: (code) => parseSync('module.js', code).program as unknown as SyntaxNode,
  })
  const askers = new Map<string, string[]>()
  for (const id of some) for (const owner of asked(id)) askers.set(owner, [...(askers.get(owner) ?? []), id])
  return new Set([...askers.values()].filter((ids) => ids.length > 1).flat())
}
