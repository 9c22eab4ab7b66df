import { copyFile, link, mkdir, readFile, rm } from 'node:fs/promises'
import { hash } from 'node:crypto'
import { dirname, join } from 'node:path'
import pMap from 'p-map'
import type { ReleaseArchive } from './release-archive.ts'
import type { ArchivedContent, ArchivedFile, ReleaseRecord } from './release-record.ts'

const CONCURRENCY = 16

/**
 * The files of earlier releases that open tabs may still ask for: hashed ones which the current release does not have. Of a name in several
 * releases, the newest counts.
 *
 * @param archived newest first
 */
export function archivedFiles(current: ReleaseRecord, archived: readonly ReleaseRecord[]): ArchivedFile[] {
  const names = new Set(current.files.flatMap(({ file, siblings = [] }) => [file, ...siblings.map((one) => one.file)]))
  const found: ArchivedFile[] = []
  for (const { files, base } of archived) {
    if (base !== current.base) continue
    for (const entry of files) {
      if (!entry.stem || names.has(entry.file)) continue
      names.add(entry.file)
      found.push(entry)
    }
  }
  return found.sort((a, b) => (a.file < b.file ? -1 : 1))
}

/**
 * Puts archived files into the output, with their compressed siblings. Each is checked on its way.
 *
 * @returns those that are there now: what the archive has lost is left out, and told by the archive
 */
export async function placeArchived(
  files: readonly ArchivedFile[],
  archive: ReleaseArchive,
  outDir: string,
): Promise<ArchivedFile[]> {
  const placed = await pMap(
    files,
    async (entry) => {
      if (!(await placeContent(entry, archive, outDir))) return undefined
      const siblings = await Promise.all(
        (entry.siblings ?? []).map(async (one) => ((await placeContent(one, archive, outDir)) ? one : undefined)),
      )
      return { ...entry, siblings: siblings.filter((one) => one !== undefined) }
    },
    { concurrency: CONCURRENCY },
  )
  return placed.filter((entry) => entry !== undefined)
}

/** @returns whether the content is in the output now */
export async function placeContent(
  { file, sha256 }: ArchivedContent,
  archive: ReleaseArchive,
  outDir: string,
  isLinked = true,
): Promise<boolean> {
  const path = join(outDir, file)
  const present = await readFile(path).catch(() => undefined)
  if (present && hash('sha256', present, 'hex') === sha256) return true
  if (!(await archive.read(sha256))) return false
  await mkdir(dirname(path), { recursive: true })
  await rm(path, { force: true })
  const source = archive.contentPath(sha256)
  // Another file system, or one without links.
  if (isLinked) await link(source, path).catch(() => copyFile(source, path))
  else await copyFile(source, path)
  return true
}
