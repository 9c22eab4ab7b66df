import { UPDATED_PACKAGE } from '../planner/settings.ts'

/** Updates that are assumed besides those that were seen, so that a few of them prove nothing. */
const ASSUMED_UPDATES = 10
/** Share of the app's packages beyond which an update says nothing about any of them: it changes every chunk. */
const LARGEST_UPDATE = 0.25
/** Shares below are those of any package. */
const OFTEN = 0.2

/**
 * Which packages are brought up to date more often than others, from what the commits of the past changed.
 *
 * @param commits packages with another version, per commit
 * @param packages those of the app
 * @returns package → share of the updates that touch it, with one digit; sorted by name, and only those that stand out
 */
export function packageUpdates(
  commits: readonly ReadonlySet<string>[],
  packages: ReadonlySet<string>,
): Readonly<Record<string, number>> {
  const updates = commits
    .map((changed) => [...changed].filter((name) => packages.has(name)))
    .filter(({ length }) => length > 0 && length <= Math.max(1, packages.size * LARGEST_UPDATE))
  const counts = new Map<string, number>()
  for (const name of updates.flat()) counts.set(name, (counts.get(name) ?? 0) + 1)
  const shares = [...counts].map(([name, count]): [string, number] => {
    const share = (count + ASSUMED_UPDATES * UPDATED_PACKAGE) / (updates.length + ASSUMED_UPDATES)
    return [name, Math.round(share * 10) / 10]
  })
  return Object.fromEntries(shares.filter(([, share]) => share >= OFTEN).sort(([a], [b]) => (a < b ? -1 : 1)))
}
