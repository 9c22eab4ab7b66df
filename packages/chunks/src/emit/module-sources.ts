import type { Rollup } from 'vite'
import { memo } from '../memo.ts'
import type { LinkSources } from '../plan-file/linking/link-modules.ts'
import { declaredPure } from '../verify/declared-pure.ts'
import { isRolldown } from './chunk-output.ts'

type Context = Pick<Rollup.PluginContext, 'getModuleInfo' | 'meta'>

/** Code and side effects of modules, while the bundler is at work. */
export function sourcesOf(context: Context): LinkSources {
  const isDeclared = declaredPure()
  return {
    codeOf: (id) => context.getModuleInfo(id)?.code ?? undefined,
    // Rolldown makes a copy of all that it knows of a module, whatever is asked of it.
    isPure: memo((id) => {
      const known: unknown = context.getModuleInfo(id)?.moduleSideEffects
      // Rolldown knows what packages declare, but says only what plugins do.
      return typeof known === 'boolean' ? !known : known !== 'no-treeshake' && isDeclared(id)
    }),
    entersPure: !isRolldown(context.meta),
    keepsStrays: !isRolldown(context.meta),
  }
}

/** The same for later, when the build is over. */
export function keptSources(context: Context, ids: readonly string[]): LinkSources {
  const { codeOf, isPure, ...rest } = sourcesOf(context)
  const codes = new Map(ids.map((id) => [id, codeOf(id)]))
  const pure = new Set(ids.filter(isPure))
  return { codeOf: (id) => codes.get(id), isPure: (id) => pure.has(id), ...rest }
}
