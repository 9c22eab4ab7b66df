import { packageOf } from '@paceline/build-graph'

/**
 * The package that a module belongs to; nothing for the app's own.
 *
 * @param id relative to the app's root, as builds keep it: `node_modules/react/index.js`, `../node_modules/react/index.js`
 */
export function packageOfModule(id: string): string | undefined {
  // Of a path that begins with `node_modules` nobody could say whether it is one from the root.
  return packageOf(`/${id}`)?.name
}

/** Work by package; the app's own modules are left out: they are named one by one. */
export function sumByPackage(modules: ReadonlyMap<string, number>): Map<string, number> {
  const sums = new Map<string, number>()
  for (const [id, work] of modules) {
    const name = packageOfModule(id)
    if (name !== undefined) sums.set(name, (sums.get(name) ?? 0) + work)
  }
  return sums
}
