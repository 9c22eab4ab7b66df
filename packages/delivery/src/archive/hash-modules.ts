import { hash } from 'node:crypto'
import { displayId, STYLESHEET } from '@paceline/build-graph'
import type { Rollup } from 'vite'

/** Of the code that goes into the bundle: what comes out of it depends on all modules around, and on minifiers. */
export function hashModules(
  context: Pick<Rollup.PluginContext, 'getModuleInfo'>,
  ids: readonly string[],
  hashes: Map<string, string>,
  root: string,
): void {
  for (const id of ids) {
    // Of styles, the JavaScript says nothing.
    if (STYLESHEET.test(id)) continue
    const code = context.getModuleInfo(id)?.code
    if (code) hashes.set(displayId(id, root), hashOf(code))
  }
}

/** Hash of a module's code, as the archive has it. */
export function hashOf(code: string): string {
  return hash('sha256', code, 'hex').slice(0, 16)
}
