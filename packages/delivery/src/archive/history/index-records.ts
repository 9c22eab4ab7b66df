import type { ReleaseIndex } from '../release-index.ts'
import type { ReleaseRecord } from '../release-record.ts'

/** What an index says as records: in its order, a second apart, since it has no times. All are older than what is built now. */
export function recordsOf({ base, releases }: ReleaseIndex, now: number): ReleaseRecord[] {
  return releases.map(({ release, files }, index) => ({
    schemaVersion: 1,
    release,
    createdAt: new Date(now - (index + 1) * 1000).toISOString(),
    base,
    files,
  }))
}
