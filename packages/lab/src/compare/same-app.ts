import type { WorkVisit } from '../browser/work-visit.ts'
import { labError } from '../errors.ts'
import { packageOfModule } from './packages.ts'

/**
 * Refuses two builds that are none of one app. Packages are what apps have in common: where both have modules of their own, these decide. Where
 * modules are not known, or none is the app's own, one name in common is enough.
 *
 * @param before visits of the baseline
 * @throws `PACELINE_LAB_OTHER_APP`
 */
export function assertSameApp(before: readonly WorkVisit[], after: readonly WorkVisit[]): void {
  if (knowsModules(before) !== knowsModules(after)) return
  const names = [namesOf(before), namesOf(after)] as const
  const own = names.map((all) => all.filter(isOwn))
  const [one, other] = own.every(({ length }) => length > 0) ? own : names
  if (one!.length === 0 || other!.length === 0) return
  const known = new Set(one)
  if (other!.some((name) => known.has(name))) return
  throw labError('PACELINE_LAB_OTHER_APP', [one![0]!, other![0]!])
}

/** Whether scripts are known by module, and not only by file. */
export function knowsModules(visits: readonly WorkVisit[]): boolean {
  return visits.some(({ modules }) => [...modules.keys()].some((name) => !name.startsWith('[')))
}

function namesOf(visits: readonly WorkVisit[]): string[] {
  return [...new Set(visits.flatMap(({ modules }) => [...modules.keys()]))].filter((name) => name !== '[bundler]')
}

/** Neither a file, nor made by a tool, nor a package, be it one of the workspace beside the app. */
function isOwn(name: string): boolean {
  return !/^(?:\[|virtual:|\.\.\/)/.test(name) && packageOfModule(name) === undefined
}
