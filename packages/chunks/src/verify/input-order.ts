import { resolve } from 'node:path'
import { cleanId, normalize } from '@paceline/build-graph'
import type { ResolvedConfig } from 'vite'

/**
 * Modules, those of the inputs first and in the order of the config. Rolldown numbers modules from the first input on, but lists them
 * in no order at all. Inputs that are no files keep their places.
 *
 * @param build of the environment
 * @param root the Vite root
 */
export function inInputOrder<Module extends { readonly id: string }>(
  modules: readonly Module[],
  { rollupOptions }: ResolvedConfig['build'],
  root: string,
): Module[] {
  const { input } = rollupOptions
  const paths = typeof input === 'string' ? [input] : Object.values(input ?? {})
  const ranks = new Map(paths.map((path, index) => [normalize(resolve(root, path)), index]))
  const rank = (id: string): number => ranks.get(normalize(cleanId(id))) ?? ranks.size
  const [inputs, others]: [Module[], Module[]] = [[], []]
  for (const module of modules) (rank(module.id) < ranks.size ? inputs : others).push(module)
  return [...inputs.sort((a, b) => rank(a.id) - rank(b.id)), ...others]
}
