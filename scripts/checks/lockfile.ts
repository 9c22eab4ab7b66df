export interface LockedPackage {
  readonly version?: string
  /** An SPDX expression, as the package says it. */
  readonly license?: string
  /** A workspace: the folder that `resolved` names. */
  readonly link?: boolean
  readonly resolved?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** What npm locked, by folder; `''` is the root. */
export type LockedPackages = Readonly<Record<string, LockedPackage>>

/**
 * Optional packages that are asked for and not locked, such as the native part of a tool on another system. npm writes
 * such a lockfile without a word when the registry did not have one of them, and on that system `npm ci` then refuses it.
 */
export function missingFromLockfile({ packages }: { readonly packages: LockedPackages }): string[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => resolveLocked(packages, path, name) === undefined)
      .map(
        ([name, version]) =>
          `\`${path === '' ? 'package.json' : path}\` wants ${name} ${version}, which is not locked.`,
      ),
  )
}

/** Where a package finds another one: looks where Node would, in its own node_modules, then further and further up. */
export function resolveLocked(packages: LockedPackages, path: string, name: string): string | undefined {
  for (let folder = path; ; folder = parentOf(folder)) {
    const found = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
    const locked = packages[found]
    if (locked !== undefined) return locked.link === true ? locked.resolved : found
    if (folder === '') return undefined
  }
}

function parentOf(path: string): string {
  const at = path.lastIndexOf('/node_modules/')
  return at === -1 ? '' : path.slice(0, at)
}
