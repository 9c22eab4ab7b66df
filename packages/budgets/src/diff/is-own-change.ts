import type { Sizes } from '@paceline/build-graph'
import type { Change, PackageChange, Status } from './report-diff.ts'

type Listed = Change<Sizes> & { readonly status: Status } & Partial<
    Pick<PackageChange, 'versionBefore' | 'versionAfter' | 'newDuplicates'>
  >

/**
 * Whether something changed itself. What is around a text decides how well it compresses, so one new package moves the
 * compressed share of all others by a few bytes; lists for people leave those out, the sums keep them.
 */
export function isOwnChange({ status, delta, versionBefore, versionAfter, newDuplicates }: Listed): boolean {
  return status !== 'changed' || delta.raw !== 0 || versionBefore !== versionAfter || newDuplicates !== undefined
}
