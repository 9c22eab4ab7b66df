import { hash } from 'node:crypto'
import pMap from 'p-map'
import type { ReleaseArchive, ContentSource } from '../release-archive.ts'
import { contentsOf, type ReleaseRecord } from '../release-record.ts'

/** Where releases come from that this machine does not have. */
export interface HistorySource {
  /** For people. */
  readonly name: string
  /** Newest first. Rejects when the source cannot be reached. */
  releases(signal: AbortSignal): Promise<readonly ReleaseRecord[]>
  /** A content of a release, not yet checked. Nothing when it is not there. */
  content(sha256: string, record: ReleaseRecord, signal: AbortSignal): Promise<Uint8Array | undefined>
}

export interface FetchedHistory {
  /** Releases that the archive got. */
  readonly added: readonly string[]
  /** One sentence, when not all could be had. */
  readonly problem?: string
}

export interface HistoryLimits {
  /** How many releases are wanted. */
  readonly releases: number
  /** Milliseconds for all of it. */
  readonly timeout: number
  /** Bytes of all contents that are fetched. */
  readonly bytes: number
}

export const HISTORY_LIMITS: Omit<HistoryLimits, 'releases'> = Object.freeze({ timeout: 30_000, bytes: 500_000_000 })

const CONCURRENCY = 8

/**
 * Adds to an archive what a source has and it has not. Every content is compared with its hash. A file whose content cannot be had is left out
 * of its release; a source that cannot be reached costs the build nothing but the wait.
 */
export async function fetchHistory(
  source: HistorySource,
  archive: ReleaseArchive,
  limits: HistoryLimits,
): Promise<FetchedHistory> {
  const signal = AbortSignal.timeout(limits.timeout)
  const added: string[] = []
  try {
    const known = new Set((await archive.list()).map(({ release }) => release))
    const offered = await orTimeout(source.releases(signal), signal)
    const room = { left: limits.bytes }
    const problems: string[] = []
    for (const record of offered.slice(0, limits.releases)) {
      if (known.has(record.release)) continue
      const { complete, contents, wrong } = await collect(source, record, archive, room, signal)
      problems.push(...wrong)
      if (complete.files.length === 0) continue
      await archive.add(complete, contents)
      added.push(record.release)
    }
    if (problems.length === 0) return { added }
    const more = problems.length > 3 ? `, and ${problems.length - 3} more` : ''
    return {
      added,
      problem: `\`delivery.history\` (${source.name}) gave not all; received ${problems.slice(0, 3).join(', ')}${more}. The build goes on without those files.`,
    }
  } catch (error) {
    const reason = signal.aborted ? `no answer within ${limits.timeout / 1000} s` : reasonOf(error)
    return {
      added,
      problem: `\`delivery.history\` (${source.name}) could not be read; ${reason}. The build goes on with the releases that are here.`,
    }
  }
}

interface Collected {
  readonly complete: ReleaseRecord
  readonly contents: readonly ContentSource[]
  readonly wrong: readonly string[]
}

async function collect(
  source: HistorySource,
  record: ReleaseRecord,
  archive: ReleaseArchive,
  room: { left: number },
  signal: AbortSignal,
): Promise<Collected> {
  const files = new Map(
    record.files.flatMap((entry) => [entry, ...(entry.siblings ?? [])]).map((one) => [one.sha256, one]),
  )
  const wrong: string[] = []
  const got = new Set<string>()
  const contents = await pMap(
    contentsOf(record),
    async (sha256): Promise<ContentSource | undefined> => {
      if (await archive.has(sha256)) {
        got.add(sha256)
        return { sha256, from: archive.contentPath(sha256) }
      }
      const name = files.get(sha256)?.file ?? 'the report'
      room.left -= files.get(sha256)?.bytes ?? 0
      if (room.left < 0) return void wrong.push(`${name} over the limit of bytes`)
      const content = await orTimeout(source.content(sha256, record, signal), signal)
      if (!content) return void wrong.push(`no ${name}`)
      if (hash('sha256', content, 'hex') !== sha256) return void wrong.push(`${name} with other bytes`)
      got.add(sha256)
      return { sha256, from: content }
    },
    { concurrency: CONCURRENCY },
  )
  return { complete: withContents(record, got), contents: contents.filter((one) => one !== undefined), wrong }
}

function withContents({ files, report, ...head }: ReleaseRecord, got: ReadonlySet<string>): ReleaseRecord {
  const kept = files
    .filter(({ sha256 }) => got.has(sha256))
    .map((entry) =>
      entry.siblings ? { ...entry, siblings: entry.siblings.filter((one) => got.has(one.sha256)) } : entry,
    )
  // A release that lacks a file can be served beside others, but not brought back.
  const isWhole = kept.length === files.length && report !== undefined && got.has(report)
  return { ...head, files: kept, ...(isWhole ? { report } : {}) }
}

/** For sources that do not listen to the signal themselves. */
function orTimeout<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>()
  const abort = (): void => reject(signal.reason as Error)
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', abort))
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
