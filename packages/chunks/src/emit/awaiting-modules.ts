import type { SyntaxNode } from '@paceline/build-graph'
import { parseSync } from 'oxc-parser'
import { moduleEffects } from '../analysis/effects.ts'
import type { BundledModule } from '../plan-file/placement/bundled-graph.ts'

type Module = Pick<BundledModule, 'id' | 'imports' | 'dynamicImports' | 'removed'>

/**
 * Modules with a top-level `await` that may wait for an `import()`: their own, or one of what they import, all of which runs before them.
 * No others are looked at, and only code with the word is parsed: that is next to nothing of an app.
 */
export function awaitingModules(
  modules: readonly Module[],
  codeOf: (id: string) => string | undefined,
): ReadonlySet<string> {
  const importers = new Map<string, string[]>()
  for (const { id, imports } of modules) {
    for (const target of imports) {
      const known = importers.get(target)
      if (known) known.push(id)
      else importers.set(target, [id])
    }
  }
  const left = modules.filter(({ removed }) => removed !== true)
  const leading = new Set(left.flatMap(({ id, dynamicImports }) => (dynamicImports.length > 0 ? [id] : [])))
  // Grows while it is walked.
  for (const id of leading) for (const importer of importers.get(id) ?? []) leading.add(importer)
  const awaiting = left.filter(({ id }) => leading.has(id) && hasTopLevelAwait(codeOf(id) ?? ''))
  return new Set(awaiting.map(({ id }) => id))
}

function hasTopLevelAwait(code: string): boolean {
  if (!/\bawait\b/.test(code)) return false
  // In a script, `await (x)` would be a call.
  const { program } = parseSync('module.js', code, { sourceType: 'module' })
  return moduleEffects(program as unknown as SyntaxNode).awaits
}
