import { BUNDLER_ID, CONTAINER_ID, indexReport, type BuildReport } from '@paceline/build-graph'
import type { Measurement } from './measurement.ts'
import { filesByName } from './sum-of.ts'

/** What modules weigh in the counted files, in the budget's encoding. */
export interface ModuleSizes {
  readonly byModule: ReadonlyMap<string, number>
  readonly byPackage: ReadonlyMap<string, number>
}

/**
 * Sums up the shares of every module in the files of a measurement. Shares are known in raw, gzip and brotli; in zstd
 * they are estimated from brotli by the ratio of the whole files.
 */
export function moduleSizes(report: BuildReport, { files, encoding, package: only, scope }: Measurement): ModuleSizes {
  const { indexOf } = indexReport(report)
  const byName = filesByName(report)
  const counted = new Set(only === undefined ? files : scope?.files)
  const byModule = new Map<string, number>()
  const byPackage = new Map<string, number>()
  const add = (map: Map<string, number>, key: string, size: number) => map.set(key, (map.get(key) ?? 0) + size)
  for (const chunk of report.chunks) {
    if (!counted.has(chunk.file)) continue
    const entry = byName.get(chunk.file)
    const ratio = entry && entry.brotli > 0 ? entry.zstd / entry.brotli : 1
    for (const share of chunk.modules) {
      if (share.id === BUNDLER_ID || share.id === CONTAINER_ID) continue
      const owner = report.modules[indexOf.get(share.id) ?? -1]?.package
      if (only !== undefined && owner !== only) continue
      const size = encoding === 'zstd' ? share.brotli * ratio : share[encoding]
      add(byModule, share.id, size)
      if (owner !== undefined) add(byPackage, owner, size)
    }
  }
  return { byModule, byPackage }
}

/** Packages, and the app's own modules: the things a person can do something about. */
export function bySubject(report: BuildReport, sizes: ModuleSizes): Map<string, number> {
  const { indexOf } = indexReport(report)
  const subjects = new Map(sizes.byPackage)
  for (const [id, size] of sizes.byModule) {
    if (report.modules[indexOf.get(id) ?? -1]?.package === undefined) subjects.set(id, size)
  }
  return subjects
}

/** Heaviest first; of equal weight by name, so that the order never depends on the bundler's. */
export function heaviest(sizes: ReadonlyMap<string, number>, count: number): [string, number][] {
  return [...sizes]
    .filter(([, size]) => size > 0)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, count)
    .map(([name, size]) => [name, Math.round(size)])
}
