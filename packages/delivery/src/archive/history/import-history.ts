import { resolve } from 'node:path'
import type { Artifacts } from '@paceline/artifact-cache'
import type { ContentSource, ReleaseArchive } from '../release-archive.ts'
import type { ReleaseRecord } from '../release-record.ts'
import { cacheHistory, shareRelease } from './cache-history.ts'
import { directoryHistory } from './directory-history.ts'
import { fetchHistory, HISTORY_LIMITS, type FetchedHistory, type HistorySource } from './fetch-history.ts'
import { urlHistory } from './url-history.ts'

export interface HistoryRequest {
  /** The option. */
  readonly history: string | undefined
  /** The Vite root, absolute. */
  readonly root: string
  readonly artifacts: Artifacts
  /** Milliseconds since the epoch. */
  readonly now: number
  /** How many releases are wanted. */
  readonly releases: number
  readonly warn: (message: string) => void
}

/** Gets the releases that others have into the archive. What goes wrong is said once. */
export async function importHistory(archive: ReleaseArchive, request: HistoryRequest): Promise<FetchedHistory> {
  const source = historySource(request)
  if (!source) return { added: [] }
  const fetched = await fetchHistory(source, archive, { ...HISTORY_LIMITS, releases: request.releases })
  if (fetched.problem !== undefined) request.warn(fetched.problem)
  return fetched
}

/** Gives a release to others, where the place for releases can be written to. */
export async function shareHistory(
  record: ReleaseRecord,
  contents: readonly ContentSource[],
  { history, artifacts }: HistoryRequest,
): Promise<void> {
  if (history === 'cache') await shareRelease(record, contents, artifacts)
}

function historySource({ history, root, artifacts, now }: HistoryRequest): HistorySource | undefined {
  if (history === undefined) return undefined
  if (history === 'cache') return cacheHistory(artifacts, now)
  return /^https?:\/\//.test(history) ? urlHistory(history, now) : directoryHistory(resolve(root, history), now)
}
