import type { ModuleEffects } from './effects.ts'
import type { Survivor } from './module-code.ts'

/**
 * The modules that must run in the order of the source: what their code does is noticed, or they are there only to be
 * run, or they are stylesheets. What a package declares free of side effects does not count, unless it awaits something.
 *
 * @param pure modules that their package or a plugin declares free of side effects
 */
export function effectfulModules(survivors: readonly Survivor[], pure: ReadonlySet<string>): Set<string> {
  const byId = new Map(survivors.map(({ chunk, code }) => [chunk.id, code]))
  const onlyRun = runForEffect(survivors)
  return new Set(
    survivors.flatMap(({ chunk: { id, css }, code }) => {
      const noticed = isNoticed(code, (called) => byId.get(called)) || onlyRun.has(id)
      return css !== '' || code.awaits || (noticed && !pure.has(id)) ? [id] : []
    }),
  )
}

/**
 * Whether others notice that a module runs. Calling the function of a CommonJS module for the first time is noticed when what the
 * function does is.
 *
 * @param effectsOf what is known of a module whose function is called
 */
export function isNoticed(
  code: Omit<ModuleEffects, 'wrapped'>,
  effectsOf: (id: string) => ModuleEffects | undefined,
  asked: Set<string> = new Set(),
): boolean {
  const isLoud = (id: string): boolean => {
    const called = asked.has(id) ? undefined : effectsOf(id)
    asked.add(id)
    if (!called) return false
    return called.wrapped ? isNoticed(called.wrapped, effectsOf, asked) : true
  }
  return code.effects || [...code.calls].some(isLoud)
}

/** Modules that the others import only to have them run: the bundler would have left them out otherwise. */
function runForEffect(survivors: readonly Survivor[]): Set<string> {
  const used = new Set(survivors.flatMap(({ code }) => code.imports.filter((id) => !code.bare.has(id))))
  const bare = new Set(survivors.flatMap(({ code }) => [...code.bare]))
  const withCode = survivors.filter(({ chunk, code }) => bare.has(chunk.id) && !used.has(chunk.id) && code.code !== '')
  return new Set(withCode.map(({ chunk }) => chunk.id))
}
