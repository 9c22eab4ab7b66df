import { identifier, isNode, type SyntaxNode } from '@paceline/build-graph'
import { parseSync } from 'oxc-parser'
import type { CapturedChunk } from './captured-build.ts'
import { moduleEffects, type ModuleEffects } from './effects.ts'

/** What the chunk of one module says. */
export interface ModuleCode extends ModuleEffects {
  /** Without the statements that tie it to other chunks, which it needs only because it is alone. */
  readonly code: string
  /** Modules that it imports, in the order of the statements. */
  readonly imports: readonly string[]
  /** Those among them that it takes nothing from: they are there to be run. */
  readonly bare: ReadonlySet<string>
}

/** A module that is left after tree shaking. */
export interface Survivor {
  readonly chunk: CapturedChunk
  readonly code: ModuleCode
}

const HELPER_MODULE = /^\0(?:rolldown\/runtime\.js|commonjsHelpers\.js)$/

/** Reads the emitted code of a chunk that holds one module. */
export function readModuleCode(chunk: CapturedChunk): ModuleCode {
  const program = parseSync('chunk.js', chunk.code, { preserveParens: false }).program as unknown as SyntaxNode
  const statements = program['body'] as SyntaxNode[]
  const imports: string[] = []
  const bare = new Set<string>()
  const modules = new Map<string, string>()
  const own = new Set<string>()
  const helpers = new Set<string>()
  for (const statement of statements) {
    const imported = chunk.specifiers.get(sourceOf(statement) ?? '')
    if (imported === undefined) continue
    imports.push(imported)
    const specifiers = (statement['specifiers'] as SyntaxNode[] | undefined) ?? []
    if (specifiers.length === 0 && statement.type === 'ImportDeclaration') bare.add(imported)
    const names = isOwnProxy(imported, chunk.id) ? own : HELPER_MODULE.test(imported) ? helpers : undefined
    for (const specifier of specifiers) {
      const name = identifier(specifier['local']) ?? ''
      modules.set(name, imported)
      names?.add(name)
    }
  }
  const effects = moduleEffects(program, { modules, own, helpers, commonJs: own.size > 0 })
  return { code: withoutGlue(chunk.code, statements), imports, bare, ...effects }
}

function sourceOf(statement: SyntaxNode): string | undefined {
  const source = statement['source']
  return isNode(source) && typeof source['value'] === 'string' ? source['value'] : undefined
}

/** `\0/x.js?commonjs-exports`: Rollup keeps the exports of a CommonJS module in a module of their own. */
function isOwnProxy(imported: string, id: string): boolean {
  return imported === `\0${id}?commonjs-exports` || imported === `\0${id}?commonjs-module`
}

function withoutGlue(code: string, statements: readonly SyntaxNode[]): string {
  const kept: string[] = []
  let from = 0
  for (const statement of statements) {
    if (!isGlue(statement)) continue
    kept.push(code.slice(from, statement.start))
    from = statement.end
  }
  kept.push(code.slice(from))
  // Vite leaves a comment where a stylesheet was.
  return kept
    .join('')
    .replace(/^\s*\/\* empty css\s*\*\//, '')
    .trim()
}

function isGlue(statement: SyntaxNode): boolean {
  if (statement.type === 'ImportDeclaration' || statement.type === 'ExportAllDeclaration') return true
  return statement.type === 'ExportNamedDeclaration' && !isNode(statement['declaration'])
}
