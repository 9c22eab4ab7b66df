import { hash, randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, mkdir, readFile, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAtomic } from '@paceline/kit'
import pMap from 'p-map'
import { planPruning, type ArchiveLimits } from './plan-pruning.ts'
import { contentsOf, parseRecord, RELEASE_ID, serializeRecord, type ReleaseRecord } from './release-record.ts'

/** Files that are open at once. */
const CONCURRENCY = 16
/** A content that no release names may be that of a release which another build is just writing down. */
const ORPHAN_AGE = 3_600_000

/** A content that is on disk, or in memory. */
export interface ContentSource {
  readonly sha256: string
  readonly from: string | Uint8Array
}

/** The releases that are kept: `<release>.json` for each, and their contents by SHA-256, so that the same bytes are there once. */
export interface ReleaseArchive {
  readonly dir: string
  /** What can be read, newest first. What cannot is removed, and told. */
  list(): Promise<ReleaseRecord[]>
  /** Where a content lies, whether it is there or not. */
  contentPath(sha256: string): string
  /**
   * A content, compared with its name.
   *
   * @returns nothing when it is missing or has other bytes; such a file is removed, and told
   */
  read(sha256: string): Promise<Buffer | undefined>
  /** Whether a content is there; its bytes are looked at only by {@link ReleaseArchive.read}. */
  has(sha256: string): Promise<boolean>
  /** Adds contents first and the release last: a reader never sees a release without its contents. */
  add(record: ReleaseRecord, contents: readonly ContentSource[]): Promise<void>
  /** Removes releases over the limits, and contents that none names. Gives the releases that went. */
  prune(limits: ArchiveLimits, now: number): Promise<ReleaseRecord[]>
  /** Removes one release; its contents go with the next `prune`. */
  drop(release: string): Promise<void>
}

/**
 * @param dir `.paceline/releases`
 * @param warn takes what is wrong with an entry, a full sentence
 * @param options whether damaged entries stay where they are: the archive is somebody else's
 */
export function openArchive(
  dir: string,
  warn: (message: string) => void,
  { isReadOnly = false }: { readonly isReadOnly?: boolean } = {},
): ReleaseArchive {
  const contents = join(dir, 'content')
  const recordPath = (release: string): string => join(dir, `${release}.json`)
  const contentPath = (sha256: string): string => join(contents, sha256)

  async function readRecord(name: string): Promise<ReleaseRecord | undefined> {
    const release = name.slice(0, -'.json'.length)
    if (!name.endsWith('.json') || !RELEASE_ID.test(release)) return undefined
    const text = await readFile(join(dir, name), 'utf8').catch(() => undefined)
    // Another build pruned it since it was listed.
    if (text === undefined) return undefined
    const record = parseRecord(text)
    if (record?.release === release) return record
    warn(
      `\`${join(dir, name)}\` is no release any more; received a damaged file. It was removed, and the build goes on without it.`,
    )
    if (!isReadOnly) await rm(join(dir, name), { force: true })
    return undefined
  }

  const archive: ReleaseArchive = {
    dir,
    contentPath,
    async list() {
      const names = await readdir(dir).catch(() => [])
      const records = await pMap(names, readRecord, { concurrency: CONCURRENCY })
      return records
        .filter((record) => record !== undefined)
        .sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt) || (a.release < b.release ? -1 : 1))
    },
    async read(sha256) {
      const content = await readFile(contentPath(sha256)).catch(() => undefined)
      if (content && hash('sha256', content, 'hex') === sha256) return content
      if (content) {
        warn(
          `\`${contentPath(sha256)}\` holds other bytes than its name says. It was removed, and is not delivered any more.`,
        )
        if (!isReadOnly) await rm(contentPath(sha256), { force: true })
      }
      return undefined
    },
    has: async (sha256) => (await stat(contentPath(sha256)).catch(() => undefined)) !== undefined,
    async add(record, sources) {
      await mkdir(contents, { recursive: true })
      await pMap(sources, (source) => addContent(source, contentPath(source.sha256)), { concurrency: CONCURRENCY })
      await writeAtomic(recordPath(record.release), serializeRecord(record))
    },
    async prune(limits, now) {
      const records = await archive.list()
      const gone = planPruning(records, limits, now)
      await Promise.all(gone.map(({ release }) => archive.drop(release)))
      const kept = records.filter((record) => !gone.includes(record))
      await removeOrphans(contents, new Set(kept.flatMap(contentsOf)), gone.flatMap(contentsOf), now)
      return gone
    },
    drop: (release) => rm(recordPath(release), { force: true }),
  }
  return archive
}

async function addContent({ from }: ContentSource, path: string): Promise<void> {
  const now = new Date()
  // What is there already is young again: nobody else may take it for an orphan while its release is written.
  const isThere = await utimes(path, now, now).then(
    () => true,
    () => false,
  )
  if (isThere) return
  if (typeof from !== 'string') return writeAtomic(path, from)
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    // A copy, not a link: what rewrites files of the output in place must not reach the archive.
    await copyFile(from, temporary, constants.COPYFILE_FICLONE)
    await utimes(temporary, now, now)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** @param dropped contents of releases that went just now: nobody is writing those down */
async function removeOrphans(
  contents: string,
  used: ReadonlySet<string>,
  dropped: readonly string[],
  now: number,
): Promise<void> {
  const gone = new Set(dropped)
  const names = await readdir(contents).catch(() => [])
  await pMap(
    names.filter((name) => !used.has(name)),
    async (name) => {
      const path = join(contents, name)
      const stats = await stat(path).catch(() => undefined)
      if (!stats) return
      // A dropped release may come back in another build at this very moment, and has touched its contents then.
      const age = now - stats.mtimeMs
      if (age > (gone.has(name) ? 60_000 : ORPHAN_AGE)) await rm(path, { force: true })
    },
    { concurrency: CONCURRENCY },
  )
}
