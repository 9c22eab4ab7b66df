import { resolve } from 'node:path'
import { cleanId, normalize } from '@paceline/build-graph'
import type { ResolvedConfig } from 'vite'

/**
 * Module ids, those of the inputs first and in the order of the config. Rolldown numbers modules from the first input on, but lists them
 * in no order at all. Inputs that are no files keep their places.
 *
 * @param build of the environment
 * @param root the Vite root
 */
export function inInputOrder(
  ids: Iterable<string>,
  { rollupOptions }: ResolvedConfig['build'],
  root: string,
): string[] {
  const { input } = rollupOptions
  const paths = typeof input === 'string' ? [input] : Object.values(input ?? {})
  const ranks = new Map(paths.map((path, index) => [normalize(resolve(root, path)), index]))
  const rank = (id: string): number => ranks.get(normalize(cleanId(id))) ?? ranks.size
  return [...ids].sort((a, b) => rank(a) - rank(b))
}
