import { copyFile, mkdir, rename as renameOnDisk, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Artifacts } from '@paceline/artifact-cache'
import { reportFile, writeReport, type BuildReport } from '@paceline/build-graph'
import { listFiles } from '@paceline/kit'
import pMap from 'p-map'
import { placeContent } from './archive/place-archived.ts'
import type { ReleaseArchive } from './archive/release-archive.ts'
import type { ReleaseRecord } from './archive/release-record.ts'
import { deliver, type Delivered } from './deliver.ts'
import { supportedDeltas } from './deltas/delta-support.ts'
import { deliveryError } from './errors.ts'
import { moveDelivery, swapDirectories, type Rename } from './put-in-place.ts'
import type { ResolvedDeliveryOptions } from './resolve-options.ts'
import { verifyDelivered } from './verify-delivered.ts'
import { writeDelivery } from './write-delivery.ts'

export interface RollbackRequest {
  /** The release, or the beginning of its name. */
  readonly release: string
  /** The output directory, absolute. */
  readonly outDir: string
  /** `.paceline`, absolute. */
  readonly reportDir: string
  readonly archive: ReleaseArchive
  readonly options: ResolvedDeliveryOptions
  readonly artifacts: Artifacts
  /** Any `appType` but `mpa`. */
  readonly isSinglePage: boolean
  /** Whether an absolute path in the output directory is somebody else's and stays: the output of a server. */
  readonly isForeign: (path: string) => boolean
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Of files and directories. @default that of Node */
  readonly rename?: Rename
}

export interface Rollback {
  readonly release: string
  /** The release that was current before, when another one was. */
  readonly withdrawn: string | undefined
  /** Its own files. */
  readonly files: number
  /** Files that are served on for open tabs. */
  readonly archived: number
  readonly deltas: number
}

const CONCURRENCY = 16

/**
 * Makes the output of an archived release again, with the files of the others beside it, and all that servers are told. Both are made in new
 * directories. The output takes the place of the old one when it is whole, and what servers are told follows: when the first of that fails,
 * everything is as it was.
 *
 * @throws `PACELINE_RELEASE_UNKNOWN`, `PACELINE_RELEASE_INCOMPLETE`, `PACELINE_DELIVERY_BROKEN`
 */
export async function rollbackRelease(request: RollbackRequest): Promise<Rollback> {
  const { outDir, reportDir, archive, options, artifacts, isSinglePage, now, rename = renameOnDisk } = request
  const records = await archive.list()
  const record = findRelease(records, request.release)
  const report = await readArchivedReport(record, archive)
  const current = { ...record, createdAt: new Date(now).toISOString() }
  const made = `${outDir}.${record.release}.tmp`
  // Beside its place: a rename needs the same file system.
  const told = join(reportDir, `rollback.${record.release}.tmp`)
  const clear = async (): Promise<void> => {
    for (const dir of [made, told]) await rm(dir, { recursive: true, force: true })
  }
  await clear()
  let isInPlace = false
  try {
    await restore(record, archive, made)
    await keepForeign(request, made)
    const delivered = await deliver({
      outDir: made,
      report,
      current,
      contents: [],
      archive,
      options: { ...options, releases: Math.max(1, options.releases) },
      artifacts,
      encodings: options.deltas ? await supportedDeltas() : new Set(),
      isSinglePage,
      now,
    })
    await prove(delivered, made, archive)
    const section = await writeDelivery({
      reportDir: told,
      environment: 'client',
      delivered,
      outDir: made,
      current,
      options,
    })
    await swapDirectories(made, outDir, rename)
    isInPlace = true
    await moveDelivery(join(told, 'delivery'), join(reportDir, 'delivery'), rename)
    await writeReport(reportFile(reportDir, 'client'), { ...report, delivery: section })
    return {
      release: record.release,
      withdrawn: records[0] === record ? undefined : records[0]?.release,
      files: record.files.length,
      archived: delivered.archived.length,
      deltas: delivered.deltas.length,
    }
  } catch (error) {
    // The archive takes the release that was made last for the one that is served.
    if (!isInPlace) await archive.add(record, [])
    throw error
  } finally {
    await clear()
  }
}

/** @throws `PACELINE_RELEASE_UNKNOWN` when there is none, or several begin like this */
export function findRelease(records: readonly ReleaseRecord[], name: string): ReleaseRecord {
  const found = records.filter(({ release }) => name.length >= 4 && release.startsWith(name))
  if (found.length === 1) return found[0]!
  throw deliveryError('PACELINE_RELEASE_UNKNOWN', [name, records.map(({ release }) => release)])
}

async function readArchivedReport({ release, report }: ReleaseRecord, archive: ReleaseArchive): Promise<BuildReport> {
  if (report === undefined) {
    throw deliveryError('PACELINE_RELEASE_INCOMPLETE', [release, 'only its hashed files came from the live site'])
  }
  const text = await archive.read(report)
  if (!text) throw deliveryError('PACELINE_RELEASE_INCOMPLETE', [release, 'the archive has lost its report'])
  return JSON.parse(text.toString()) as BuildReport
}

async function restore({ release, files }: ReleaseRecord, archive: ReleaseArchive, dir: string): Promise<void> {
  const lost: string[] = []
  await mkdir(dir, { recursive: true })
  await pMap(
    files,
    async (entry) => {
      // What may be written over in place must not be the archive's own file.
      const isLinked = entry.stem !== undefined
      if (!(await placeContent(entry, archive, dir, isLinked))) lost.push(entry.file)
      for (const sibling of entry.siblings ?? []) await placeContent(sibling, archive, dir, isLinked)
    },
    { concurrency: CONCURRENCY },
  )
  if (lost.length === 0) return
  throw deliveryError('PACELINE_RELEASE_INCOMPLETE', [release, `the archive has lost ${lost.slice(0, 5).join(', ')}`])
}

async function keepForeign({ outDir, isForeign }: RollbackRequest, made: string): Promise<void> {
  const files = (await listFiles(outDir)).filter((file) => isForeign(join(outDir, file)))
  for (const file of files) {
    await mkdir(dirname(join(made, file)), { recursive: true })
    await copyFile(join(outDir, file), join(made, file))
  }
}

async function prove(delivered: Delivered, dir: string, archive: ReleaseArchive): Promise<void> {
  const problems = await verifyDelivered(delivered, dir, archive)
  if (problems.length > 0) throw deliveryError('PACELINE_DELIVERY_BROKEN', [problems])
}
