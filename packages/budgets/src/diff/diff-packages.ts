import type { PackageEntry, Sizes } from '@paceline/build-graph'
import type { PackageChange } from './report-diff.ts'
import { biggestFirst, changeOf, compare, SIZES, statusOf, sumSizes } from './sizes.ts'

interface Summary extends Sizes {
  readonly versions: readonly string[]
}

/** Packages that came, went, changed their version or their weight, or are now bundled more than once. */
export function diffPackages(before: readonly PackageEntry[], after: readonly PackageEntry[]): PackageChange[] {
  const old = summarize(before)
  const now = summarize(after)
  const changes = [...new Set([...old.keys(), ...now.keys()])].map((name) =>
    describe(name, old.get(name), now.get(name)),
  )
  return biggestFirst(
    changes.filter(
      (change) =>
        change.status !== 'changed' ||
        change.versionBefore !== change.versionAfter ||
        change.newDuplicates !== undefined ||
        SIZES.some((key) => change.delta[key] !== 0),
    ),
    ({ name }) => name,
  )
}

function describe(name: string, old: Summary | undefined, now: Summary | undefined): PackageChange {
  const duplicated = now !== undefined && now.versions.length > Math.max(1, old?.versions.length ?? 0)
  return {
    name,
    status: statusOf(old, now),
    ...(old ? { versionBefore: [...new Set(old.versions)].join(', ') } : {}),
    ...(now ? { versionAfter: [...new Set(now.versions)].join(', ') } : {}),
    ...(duplicated ? { newDuplicates: now.versions } : {}),
    ...changeOf(SIZES, old, now),
  }
}

/** One line per name, whether the report lists a duplicated package once with its copies or once per version. */
function summarize(packages: readonly PackageEntry[]): Map<string, Summary> {
  const summaries = new Map<string, Summary>()
  for (const [name, entries] of Map.groupBy(packages, (entry) => entry.name)) {
    const copies = new Map(
      entries.flatMap((entry) => entry.duplicates ?? []).map(({ version, path }) => [path, version]),
    )
    const versions = copies.size > 0 ? [...copies.values()] : entries.map(({ version }) => version)
    summaries.set(name, { ...sumSizes(entries), versions: versions.sort(compare) })
  }
  return summaries
}
