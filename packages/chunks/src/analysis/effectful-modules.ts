import type { ModuleEffects } from './effects.ts'
import type { Survivor } from './module-code.ts'

const REACT = /\/node_modules\/(?:react|react-dom|scheduler)\/(?!.*\/node_modules\/)/

/** Whether a module tells developer tools that it is there, and nobody else: what runs before or after it does not notice. */
export function onlyTellsTools(id: string): boolean {
  return REACT.test(id)
}

/** What is known of the code of modules. */
type EffectsOf = (id: string) => ModuleEffects | undefined

/** Running it is noticed. */
export interface EffectfulModule {
  /** CommonJS modules whose running is noticed, and which run where this one first requires them. */
  readonly requires: readonly string[]
}

/**
 * The modules that must run in the order of the source: what their code does is noticed, or they are there only to be
 * run, or they are stylesheets. What a package declares free of side effects does not count, unless it awaits something or
 * requires CommonJS that nobody declares so.
 *
 * @param pure modules that their package or a plugin declares free of side effects
 */
export function effectfulModules(
  survivors: readonly Survivor[],
  pure: ReadonlySet<string>,
): Map<string, EffectfulModule> {
  const byId = new Map(survivors.map(({ chunk, code }) => [chunk.id, code]))
  const effectsOf = (id: string): ModuleEffects | undefined => byId.get(id)
  const onlyRun = runForEffect(survivors)
  const isPure = (id: string): boolean => pure.has(id)
  return new Map(
    survivors.flatMap(({ chunk: { id, css }, code }): [string, EffectfulModule][] => {
      const requires = loudRequires(code, effectsOf, isPure)
      const noticed = !pure.has(id) && (isNoticed(code, effectsOf, isPure) || onlyRun.has(id))
      // What it requires runs with it, whatever its own package declares.
      return css !== '' || code.awaits || noticed || requires.length > 0 ? [[id, { requires }]] : []
    }),
  )
}

/** CommonJS modules that code runs where it stands, unless they have run before, and whose running is noticed. */
export function loudRequires(
  { calls, requires }: Pick<ModuleEffects, 'calls' | 'requires'>,
  effectsOf: EffectsOf,
  isPure: (id: string) => boolean,
): string[] {
  return [...new Set([...calls, ...requires])].filter((id) => isRequiredLoudly(id, effectsOf, isPure, new Set()))
}

function isRequiredLoudly(
  id: string,
  effectsOf: EffectsOf,
  isPure: (id: string) => boolean,
  asked: Set<string>,
): boolean {
  if (asked.has(id) || isPure(id) || onlyTellsTools(id)) return false
  asked.add(id)
  const wrapped = effectsOf(id)?.wrapped
  return wrapped !== undefined && isNoticed(wrapped, effectsOf, isPure, asked)
}

/**
 * Whether others notice that a module runs. Calling the function of a CommonJS module for the first time is noticed when what the
 * function does is; calling any other for its own sake always is.
 *
 * @param effectsOf what is known of a module whose function is called
 * @param isPure whether a module is declared free of side effects
 */
export function isNoticed(
  { effects, calls, requires }: Omit<ModuleEffects, 'wrapped'>,
  effectsOf: EffectsOf,
  isPure: (id: string) => boolean,
  asked: Set<string> = new Set(),
): boolean {
  const isFunction = (id: string): boolean => {
    const called = effectsOf(id)
    return called !== undefined && !called.wrapped
  }
  const isLoud = (id: string): boolean => isRequiredLoudly(id, effectsOf, isPure, asked)
  return effects || [...calls].some((id) => isFunction(id) || isLoud(id)) || [...requires].some(isLoud)
}

/** Modules that the others import only to have them run: the bundler would have left them out otherwise. */
function runForEffect(survivors: readonly Survivor[]): Set<string> {
  const used = new Set(survivors.flatMap(({ code }) => code.imports.filter((id) => !code.bare.has(id))))
  const bare = new Set(survivors.flatMap(({ code }) => [...code.bare]))
  const withCode = survivors.filter(({ chunk, code }) => bare.has(chunk.id) && !used.has(chunk.id) && code.code !== '')
  return new Set(withCode.map(({ chunk }) => chunk.id))
}
