import type { SyntaxNode } from '@paceline/build-graph'
import { parseSync, type ParserOptions } from 'oxc-parser'
import { moduleEffects } from '../../analysis/effects.ts'
import { memo } from '../../memo.ts'
import type { LinkContext } from './link-names.ts'
import { keepLive } from './live-code.ts'

/** Words of CommonJS, which may also stand in a string. */
const COMMON_JS = /\b(?:require|exports)\b/
/** CommonJS that Rollup has made a module of. */
const REWRITTEN = /commonjsHelpers\.js|\?commonjs-/

/**
 * Finds what an import runs of which no name is used: the modules whose running others notice, the first on every way. For their sake
 * the bundler keeps the import. Read off the code before tree shaking, and so the same on every machine; what is declared to do
 * nothing does nothing.
 */
export function findRunEffects({
  modules,
  codeOf,
  isPure,
}: Pick<LinkContext, 'modules' | 'codeOf' | 'isPure'>): (id: string) => string[] {
  // Of a module that was removed nothing is left to run.
  const isNoticed = memo((id: string) => modules.get(id)?.removed !== true && hasEffects(parse(codeOf(id) ?? '')))
  return (start) => {
    const passed = new Set([start])
    const found: string[] = []
    for (const id of passed) {
      if (isPure(id)) continue
      if (isNoticed(id)) found.push(id)
      else for (const target of modules.get(id)?.imports ?? []) passed.add(target)
    }
    return found
  }
}

/**
 * Whether others notice where the chunk of a module has it. CommonJS runs where it is required.
 *
 * @param certain leaves out calls of what other modules export, which may do nothing
 */
export function runsInPlace(code: string, certain?: 'certain'): boolean {
  if (REWRITTEN.test(code)) return false
  const program = parse(code, { preserveParens: false })
  const isModule = (program['body'] as SyntaxNode[]).some(({ type }) => /^(?:Import|Export)/.test(type))
  if (!isModule && COMMON_JS.test(code)) return false
  keepLive(program, certain !== undefined)
  return hasEffects(program)
}

function hasEffects(program: SyntaxNode): boolean {
  const { effects, awaits, calls } = moduleEffects(program)
  return effects || awaits || calls.size > 0
}

function parse(code: string, options: ParserOptions = {}): SyntaxNode {
  return parseSync('module.js', code, options).program as unknown as SyntaxNode
}
