import type { SyntaxNode } from '@paceline/build-graph'
import { parseSync } from 'oxc-parser'
import { askedModules, askersOf } from './asked-modules.ts'
import type { CapturedBuild } from './captured-build.ts'
import { moduleEffects } from './effects.ts'
import type { Survivor } from './module-code.ts'

/** Modules with an initialiser that calls what is not known to do nothing but give a value. */
export function startingModules(
  survivors: readonly Survivor[],
  { pure, sources }: Pick<CapturedBuild, 'pure' | 'sources'>,
): Set<string> {
  const byId = new Map(survivors.map(({ chunk, code }) => [chunk.id, code]))
  // `connect()` looks like CommonJS that is required.
  const isFunction = (id: string): boolean => byId.has(id) && byId.get(id)?.wrapped === undefined
  const isStarting = ({ chunk: { id }, code }: Survivor): boolean =>
    // Modules that the bundler adds require CommonJS, and do nothing else.
    code.starts || (!id.startsWith('\0') && [...code.requires].some(isFunction))
  // Minifiers take the marks away.
  const isMarked = (id: string): boolean => {
    const code = sources.codeOf(id) ?? ''
    return code.includes('__PURE__') && !moduleEffects(parse(code), undefined, code).starts
  }
  const ids = survivors.filter(isStarting).map(({ chunk }) => chunk.id)
  return new Set(ids.filter((id) => !pure.has(id) && !isMarked(id)))
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
    parse,
  })
  return new Set([...askersOf(some, asked).values()].filter((ids) => ids.length > 1).flat())
}

function parse(code: string): SyntaxNode {
  return parseSync('module.js', code).program as unknown as SyntaxNode
}
