import { openSite, pageOf, type LiveSite, type ManifestSource, type SiteOptions } from '../adapters/live-site.ts'
import { checkManifest, readManifestFile } from '../adapters/manifest-file.ts'
import { scanDist } from '../adapters/scan-dist.ts'
import type { DeliveryManifest } from '../../manifest.ts'

/** A manifest, the file it is in, or `undefined`: what the directory looks like. */
export type ManifestOrigin = DeliveryManifest | string | undefined

/** A site that is opened with its first request: adapters are set up in functions that cannot wait. */
export interface LazySite {
  /** The site, once it is open. */
  now(): LiveSite | undefined
  /** Opens it, once; after a failure the next request tries again, since the build may just be being written. */
  open(): Promise<LiveSite>
}

/** @throws `PACELINE_DELIVERY_MANIFEST` for an object that is none; what is wrong with a file is an error of `open` */
export function lazySite(manifest: ManifestOrigin, options: SiteOptions): LazySite {
  const source = manifestSource(manifest, options.dir)
  let site: LiveSite | undefined
  let opening: Promise<LiveSite> | undefined
  const open = async (): Promise<LiveSite> => {
    try {
      site = await openSite(source, options)
      return site
    } finally {
      opening = undefined
    }
  }
  return { now: () => site, open: () => (site ? Promise.resolve(site) : (opening ??= open())) }
}

/** Where the manifest of a directory comes from. */
export function manifestSource(manifest: ManifestOrigin, dir: string): ManifestSource {
  if (manifest === undefined) return { watched: pageOf(dir), read: () => scanDist(dir) }
  if (typeof manifest === 'string') return { watched: manifest, read: () => readManifestFile(manifest) }
  const checked = checkManifest(manifest, 'manifest')
  return { read: async () => checked }
}
