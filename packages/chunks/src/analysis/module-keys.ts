import { cleanId, displayId, isVirtual, normalize } from '@paceline/build-graph'

/** The package that a module belongs to, as {@link moduleKeys} needs it. */
export interface KeyPackage {
  readonly name: string
  readonly version: string
  /** Directory relative to the Vite root. */
  readonly path: string
}

/** What a module is called in a plan, and how the report shows it. */
export interface NamedModule {
  readonly id: string
  readonly key: string
  readonly package?: string
}

/**
 * Names for modules that are the same on every machine: `react-dom/client.js` wherever the package is installed,
 * with its version when there are several (`react-dom@19.2.9/client.js`), and the path relative to the Vite root for the app's own.
 * A second copy of one version keeps its path. A file or directory of the app that is called like a package begins with `./`.
 *
 * @param packageOf the package of a module by its display id
 * @returns by the bundler's id
 */
export function moduleKeys(
  ids: Iterable<string>,
  root: string,
  packageOf: (id: string) => KeyPackage | undefined,
): Map<string, NamedModule> {
  const shown = [...ids].map((id) => ({ id, shown: portable(displayId(id, root), root) }))
  const owners = new Map(shown.map(({ id, shown }) => [id, isVirtual(id) ? undefined : packageOf(shown)]))
  const versions = new Map<string, Map<string, string[]>>()
  for (const owner of owners.values()) {
    if (!owner) continue
    const ofName = versions.get(owner.name) ?? new Map<string, string[]>()
    const places = ofName.get(owner.version) ?? []
    if (!places.includes(owner.path)) places.push(owner.path)
    versions.set(owner.name, ofName.set(owner.version, places.sort()))
  }
  const keyOf = (id: string, shown: string): string => {
    const owner = owners.get(id)
    if (!owner) return versions.has(firstName(shown)) && !isVirtual(id) ? `./${shown}` : shown
    const ofName = versions.get(owner.name)!
    // A second copy: nothing but its place tells them apart.
    if (ofName.get(owner.version)![0] !== owner.path) return shown
    const name = ofName.size > 1 ? `${owner.name}@${owner.version}` : owner.name
    return name + normalize(shown).slice(owner.path.length)
  }
  return new Map(
    shown.map(({ id, shown }) => {
      const name = owners.get(id)?.name
      return [id, { id: shown, key: keyOf(id, shown), ...(name === undefined ? {} : { package: name }) }]
    }),
  )
}

/** What would be the name of a package, if it were one. */
function firstName(path: string): string {
  return /^(?:@[^/]*\/)?[^/?]*/.exec(path)![0]
}

/** Plugins put absolute paths into the names of virtual modules and into queries. */
function portable(shown: string, root: string): string {
  return shown.includes(`${root}/`) ? shown.replaceAll(`${root}/`, '') : shown
}

const RUNTIME = /^\0?(?:rolldown\/|vite\/|commonjsHelpers\.js)/

/** Whether the bundler or Vite brought it along. */
export function isRuntime(id: string): boolean {
  return RUNTIME.test(id) && isVirtual(cleanId(id))
}
