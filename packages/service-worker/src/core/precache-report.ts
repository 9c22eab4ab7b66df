import type { ServiceWorkerReport } from '@paceline/build-graph'
import type { WorkerFiles } from '../make-manifest.ts'
import type { ResolvedServiceWorkerOptions } from '../resolve-options.ts'
import { storedEntries } from './manifest-entries.ts'

/** What the report says of the worker. */
export function precacheReport(
  { list, fileOf }: Pick<WorkerFiles, 'list' | 'fileOf'>,
  {
    filename,
    strategy,
    selfDestroying,
  }: Pick<ResolvedServiceWorkerOptions, 'filename' | 'strategy' | 'selfDestroying'>,
): ServiceWorkerReport {
  const stored = selfDestroying ? [] : storedEntries(list.precache)
  const entries = stored
    .map(({ url, bytes }) => ({ file: fileOf.get(url) ?? url, bytes }))
    .toSorted((a, b) => b.bytes - a.bytes || (a.file < b.file ? -1 : 1))
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0)
  return { file: filename, strategy, precache: { files: entries.length, bytes, entries } }
}
