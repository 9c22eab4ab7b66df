import type { Rollup } from 'vite'
import { memo } from '../memo.ts'
import type { Constant, ReplacedBy } from '../plan-file/linking/decisions.ts'
import type { LinkSources } from '../plan-file/linking/link-modules.ts'
import { declaredPure } from '../verify/declared-pure.ts'
import { isRolldown } from './chunk-output.ts'

type Context = Pick<Rollup.PluginContext, 'getModuleInfo' | 'meta'> & {
  readonly environment?: { readonly config: ReplacingConfig & { readonly mode: string } }
}

interface ReplacingConfig {
  readonly define?: Readonly<Record<string, unknown>> | undefined
  readonly env: Readonly<Record<string, unknown>>
}

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
    ...(context.environment && { replacedBy: replacedIn(context.environment.config) }),
    entersPure: !isRolldown(context.meta),
    keepsStrays: !isRolldown(context.meta),
  }
}

/** @see https://vite.dev/guide/env-and-mode and https://vite.dev/config/shared-options#define */
export function replacedIn({ define = {}, env, mode }: ReplacingConfig & { readonly mode: string }): ReplacedBy {
  const nodeEnv = process.env['NODE_ENV'] ?? mode
  return (expression) => {
    if (Object.hasOwn(define, expression)) return definedAs(define[expression])
    if (expression === 'import.meta.hot') return { value: undefined }
    if (expression === 'import.meta.env.SSR') return { value: false }
    if (expression === 'process.env.NODE_ENV') return { value: nodeEnv }
    const variable = /^import\.meta\.env\.([^.]+)$/.exec(expression)?.[1]
    return variable === undefined ? undefined : { value: env[variable] }
  }
}

/** A string is code. What it comes to is not asked: other code is another value. */
function definedAs(value: unknown): Constant {
  if (typeof value !== 'string') return { value }
  if (value === 'undefined') return { value: undefined }
  try {
    return { value: JSON.parse(value) as unknown }
  } catch {
    return { value: /^!\d$/.test(value) ? value === '!0' : value }
  }
}

/** The same for later, when the build is over. */
export function keptSources(context: Context, ids: readonly string[]): LinkSources {
  const { codeOf, isPure, ...rest } = sourcesOf(context)
  const codes = new Map(ids.map((id) => [id, codeOf(id)]))
  const pure = new Set(ids.filter(isPure))
  return { codeOf: (id) => codes.get(id), isPure: (id) => pure.has(id), ...rest }
}
