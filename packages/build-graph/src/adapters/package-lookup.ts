import { dirname, join, posix, relative } from 'node:path'
import { isInside, readManifest } from '@paceline/kit'
import type { InstalledPackage } from '../core/packages.ts'
import { cleanId, normalize, packageOf } from '../core/paths.ts'

/**
 * Finds the package of a module by its display id. Below `node_modules` the path says it; elsewhere (workspaces are
 * linked to their real place) the nearest package.json with a name does, unless it is the app's own.
 */
export function packageLookup(root: string): (id: string) => InstalledPackage | undefined {
  const manifests = new Map<string, PackageNames>()
  const manifest = (dir: string): PackageNames => {
    const known = manifests.get(dir) ?? namesIn(dir)
    manifests.set(dir, known)
    return known
  }
  const nearest = (dir: string): string | undefined => {
    for (let at = dir; ; at = dirname(at)) {
      if (manifest(at).name !== undefined) return at
      if (dirname(at) === at) return undefined
    }
  }
  const own = nearest(root)
  const installed = new Map<string, InstalledPackage>()
  const packageIn = (dir: string, name: string): InstalledPackage => {
    const known = installed.get(dir)
    if (known) return known
    const { version = 'unknown' } = manifest(isOnDrive(dir) ? dir : posix.join(normalize(root), dir))
    const found = { name, version, path: dir }
    installed.set(dir, found)
    return found
  }
  const found = new Map<string, InstalledPackage | undefined>()
  const look = (id: string): InstalledPackage | undefined => {
    const path = cleanId(id)
    const byPath = packageOf(`/${path}`)
    if (byPath) return packageIn(byPath.dir.slice(1), byPath.name)
    if (!path.startsWith('../') && !isOnDrive(path)) return undefined
    const dir = nearest(dirname(isOnDrive(path) ? path : join(root, path)))
    // An app below the workspace's root shares that package.json with nobody else: it is no package of its own.
    if (dir === undefined || dir === own || isInside(root, dir)) return undefined
    const { name = '', version = 'unknown' } = manifest(dir)
    return { name, version, path: isOnDrive(path) ? normalize(dir) : normalize(relative(root, dir)) }
  }
  return (id) => {
    if (id.startsWith('virtual:') || id.startsWith('[')) return undefined
    if (!found.has(id)) found.set(id, look(id))
    return found.get(id)
  }
}

/** A module of another drive than the root keeps its whole path. */
function isOnDrive(id: string): boolean {
  return /^[A-Za-z]:\//.test(id)
}

/** What of a package.json says which package it is; other types than text say nothing. */
interface PackageNames {
  readonly name?: string
  readonly version?: string
}

function namesIn(dir: string): PackageNames {
  const { name, version } = readManifest(dir) ?? {}
  return { ...(typeof name === 'string' ? { name } : {}), ...(typeof version === 'string' ? { version } : {}) }
}
