import { resolveLocked } from './lockfile.ts'
import type { LockedPackage, LockedPackages } from './lockfile.ts'

/** Licences under which anybody may use, change and sell what we depend on, as SPDX names them. */
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
])

/** libvips, which sharp loads as a library of its own: that is what the LGPL asks for. */
const LOADED_AS_LIBRARY = /^@img\/sharp-/
const OF_LIBRARIES = new Set([...PERMISSIVE, 'LGPL-3.0-or-later'])

/**
 * What those who install our packages get under a licence that is not permissive, or under none, as one sentence each.
 * Follows `dependencies` and `optionalDependencies`; peers are the user's own choice.
 *
 * @throws When a dependency is not locked: then nobody knows its licence.
 */
export function forbiddenLicences(packages: LockedPackages, published: readonly string[]): string[] {
  return [...installedWith(packages, published)].toSorted().flatMap((path) => {
    const { license, version } = packages[path]!
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    if (license !== undefined && isAllowed(license, LOADED_AS_LIBRARY.test(name) ? OF_LIBRARIES : PERMISSIVE)) return []
    return [`${name} ${version} is under ${license ?? 'no licence that it names'}, which is not a permissive one.`]
  })
}

function installedWith(packages: LockedPackages, published: readonly string[]): Set<string> {
  const seen = new Set(published)
  for (const path of seen) {
    for (const { name, optional } of wanted(packages[path]!)) {
      const found = resolveLocked(packages, path, name)
      if (found !== undefined) seen.add(found)
      else if (!optional) throw new Error(`\`${path}\` depends on ${name}, which is not locked; run \`npm install\`.`)
    }
  }
  return seen
}

function wanted({
  dependencies = {},
  optionalDependencies = {},
}: LockedPackage): { name: string; optional: boolean }[] {
  return [
    ...Object.keys(dependencies).map((name) => ({ name, optional: false })),
    ...Object.keys(optionalDependencies).map((name) => ({ name, optional: true })),
  ]
}

/** An SPDX expression of names, `OR` and `AND`; of a choice we take what is allowed. */
function isAllowed(expression: string, allowed: ReadonlySet<string>): boolean {
  return expression
    .replaceAll(/[()]/g, '')
    .split(' AND ')
    .every((part) => part.split(' OR ').some((name) => allowed.has(name.trim())))
}
