import type { ModuleShare, Sizes } from '@paceline/build-graph'
import type { ModuleChange } from './report-diff.ts'
import { biggestFirst, changeOf, SIZES, statusOf, sumSizes } from './sizes.ts'

/**
 * What changed between two lists of shares. The deltas add up to the difference of the lists' sums.
 *
 * @param aligned old module id → new module id
 * @param packageOf new id → package
 */
export function diffModules(
  before: readonly ModuleShare[],
  after: readonly ModuleShare[],
  aligned: ReadonlyMap<string, string>,
  packageOf: (id: string) => string | undefined,
): ModuleChange[] {
  const old = totals(before, (id) => aligned.get(id) ?? id)
  const now = totals(after, (id) => id)
  const changes = [...new Set([...old.keys(), ...now.keys()])].map((id): ModuleChange => {
    const owner = packageOf(id)
    return {
      id,
      ...(owner === undefined ? {} : { package: owner }),
      status: statusOf(old.get(id), now.get(id)),
      ...changeOf(SIZES, old.get(id), now.get(id)),
    }
  })
  const changed = changes.filter(({ delta, status }) => status !== 'changed' || SIZES.some((key) => delta[key] !== 0))
  return biggestFirst(changed, ({ id }) => id)
}

function totals(shares: readonly ModuleShare[], rename: (id: string) => string): Map<string, Sizes> {
  const sums = new Map<string, Sizes>()
  for (const share of shares) {
    const id = rename(share.id)
    const known = sums.get(id)
    sums.set(id, known ? sumSizes([known, share]) : share)
  }
  return sums
}
