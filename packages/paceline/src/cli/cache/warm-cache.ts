import { inspectCache, shareCache } from '@paceline/artifact-cache'
import type { Amount } from '@paceline/artifact-cache'
import type { BuildReport } from '@paceline/build-graph'
import { withRebuilds } from '../rebuild/rebuild.ts'
import type { RebuiltApp } from '../rebuild/rebuild-request.ts'
import type { AppCache } from './load-cache.ts'

/** What a build that was made for its cache has added. */
export interface WarmAnswer {
  /** Entries and bytes that the directory has now and had not before, by kind. */
  readonly added: Readonly<Record<string, Amount>>
  /** What this machine had and Redis had not. */
  readonly shared: Amount
  /** What the cache did for that build. */
  readonly build: NonNullable<BuildReport['cache']> | undefined
}

/** Uses of an hour ago are not noted again. */
const HOUR = 3_600_000

/**
 * Builds an app into a directory that is thrown away, so that every plugin finds its results, or makes them; what Redis has not got yet is sent there.
 *
 * @throws `PACELINE_REBUILD_FAILED`, `PACELINE_CACHE_NOT_SHARED`
 */
export async function warmCache(app: RebuiltApp, { options }: AppCache): Promise<WarmAnswer> {
  const begun = Date.now()
  // Redis may have been filled by others meanwhile: what is counted is the directory.
  const local = { ...options, redis: undefined }
  const [before] = await inspectCache(local)
  const { report } = await withRebuilds((rebuild) => rebuild({ ...app, fill: true }))
  const [after] = await inspectCache(local)
  const shared = await shareCache(options, begun - HOUR)
  const kinds = Object.entries(after!.kinds).flatMap(([kind, amount]) => {
    const had = before!.kinds[kind] ?? { entries: 0, bytes: 0 }
    const added = { entries: amount.entries - had.entries, bytes: amount.bytes - had.bytes }
    return added.entries > 0 ? [[kind, added] as const] : []
  })
  return { added: Object.fromEntries(kinds), shared, build: report.cache }
}
