interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/**
 * Optional packages that are asked for and not locked, such as the native part of a tool on another system. npm writes
 * such a lockfile without a word when the registry did not have one of them, and on that system `npm ci` then refuses it.
 */
export function missingFromLockfile(lockfile: {
  readonly packages: Readonly<Record<string, LockedPackage>>
}): string[] {
  const { packages } = lockfile
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isLocked(packages, path, name))
      .map(
        ([name, version]) =>
          `\`${path === '' ? 'package.json' : path}\` wants ${name} ${version}, which is not locked.`,
      ),
  )
}

/** Looks where Node would: in the package's own node_modules, then further and further up. */
function isLocked(packages: Readonly<Record<string, LockedPackage>>, path: string, name: string): boolean {
  for (let folder = path; ; folder = parentOf(folder)) {
    if (Object.hasOwn(packages, folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`)) return true
    if (folder === '') return false
  }
}

function parentOf(path: string): string {
  const at = path.lastIndexOf('/node_modules/')
  return at === -1 ? '' : path.slice(0, at)
}
