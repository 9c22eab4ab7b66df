import type { SyntaxNode } from '@paceline/build-graph'
import { parseSync } from 'oxc-parser'
import { moduleEffects } from '../../analysis/effects.ts'
import { memo } from '../../memo.ts'
import type { LinkContext } from './link-names.ts'

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
  const isNoticed = memo((id: string) => modules.get(id)?.removed !== true && hasEffects(codeOf(id) ?? ''))
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

/** Whether others notice where the chunk of a module has it. CommonJS runs where it is required. */
export function runsInPlace(code: string): boolean {
  return !/\b(?:require|exports)\b/.test(code) && hasEffects(code)
}

function hasEffects(code: string): boolean {
  const { effects, awaits, calls } = moduleEffects(parseSync('module.js', code).program as unknown as SyntaxNode)
  return effects || awaits || calls.size > 0
}
