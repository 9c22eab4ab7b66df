import type { ChunkEntry, PackageEntry } from '../report.ts'

/** A package on disk: one directory, one version. */
export interface InstalledPackage {
  readonly name: string
  readonly version: string
  /** Directory relative to the Vite root. */
  readonly path: string
}

/**
 * What each package weighs over all chunks. Two copies of a package (two versions, or one version in two places) are
 * one entry with `duplicates`.
 *
 * @param packageOf the package of a module by its display id; `undefined` for the app's own
 */
export function packageSizes(
  chunks: readonly ChunkEntry[],
  packageOf: (id: string) => InstalledPackage | undefined,
): PackageEntry[] {
  const entries = new Map<
    string,
    { raw: number; gzip: number; brotli: number; copies: Map<string, InstalledPackage> }
  >()
  for (const share of chunks.flatMap((chunk) => chunk.modules)) {
    const owner = packageOf(share.id)
    if (!owner) continue
    const entry = entries.get(owner.name) ?? { raw: 0, gzip: 0, brotli: 0, copies: new Map() }
    entry.raw += share.raw
    entry.gzip += share.gzip
    entry.brotli += share.brotli
    entry.copies.set(owner.path, owner)
    entries.set(owner.name, entry)
  }
  return [...entries]
    .map(([name, { raw, gzip, brotli, copies }]): PackageEntry => {
      const places = [...copies.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
      const duplicates = places.map(({ version, path }) => ({ version, path }))
      const sizes = { name, version: places[0]!.version, raw, gzip, brotli }
      return places.length > 1 ? { ...sizes, duplicates } : sizes
    })
    .sort((a, b) => b.brotli - a.brotli || (a.name < b.name ? -1 : 1))
}
