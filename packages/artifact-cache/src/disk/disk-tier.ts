import { hash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import type { JsonObject } from '../artifact.ts'
import type { CacheTier, StoredArtifact, TierEntry } from '../tiers/tier.ts'
import { contentFile, entryFile, indexDir, readEntry } from './cacache-layout.ts'
import type { IndexEntry } from './cacache-layout.ts'
import { forgetInputDigests } from './input-digests.ts'
import { unlessGone, walkFiles } from './walk-files.ts'
import { writeEntry } from './write-entry.ts'

/** A hit is noted this often at most: last use is told to the hour, and most builds use most entries. */
export const TOUCH_AFTER = 3_600_000

/** An entry on disk with its file. */
export interface DiskEntry extends TierEntry {
  readonly file: string
  readonly integrity: string
}

export interface DiskTier extends CacheTier {
  readonly name: 'disk'
  entries(prefix?: string): AsyncIterable<DiskEntry>
}

/** A tier in a directory. Processes may use one directory at the same time. */
export function diskTier(dir: string): DiskTier {
  const removeEntry = (key: string): void => rmSync(entryFile(dir, key), { force: true })
  return {
    name: 'disk',
    async get(key) {
      const file = entryFile(dir, key)
      const text = unlessGone(() => readFileSync(file, 'utf8'))
      // An empty file is one that another process is about to write into.
      if (!text) return undefined
      const entry = readEntry(text)
      const artifact = entry?.key === key ? readArtifact(dir, entry) : 'damaged'
      if (artifact === undefined || artifact === 'damaged') removeEntry(key)
      else touch(file)
      return artifact
    },
    async put(key, { bytes, info, ms }) {
      writeEntry(dir, key, bytes, { info, ms })
      return bytes.byteLength
    },
    async has(key) {
      return existsSync(entryFile(dir, key))
    },
    async remove(key) {
      const text = unlessGone(() => readFileSync(entryFile(dir, key), 'utf8'))
      removeEntry(key)
      return text !== undefined
    },
    entries: (prefix) => entriesOf(dir, prefix),
    async clear(prefix, fits) {
      forgetInputDigests(dir)
      const cleared = { entries: 0, bytes: 0 }
      for await (const { key, file, integrity, bytes } of entriesOf(dir, prefix)) {
        if (!fits(key)) continue
        rmSync(file, { force: true })
        // Another entry may have the same bytes: it will find them missing, and be made again.
        rmSync(contentFile(dir, integrity), { force: true })
        cleared.entries++
        cleared.bytes += bytes
      }
      return cleared
    },
    async settle() {},
    trouble: () => ({ failedWrites: 0 }),
    async close() {},
  }
}

async function* entriesOf(dir: string, prefix = ''): AsyncGenerator<DiskEntry> {
  for await (const file of walkFiles(indexDir(dir))) {
    const text = unlessGone(() => readFileSync(file, 'utf8'))
    const entry = text === undefined ? undefined : readEntry(text)
    const stats = entry?.key.startsWith(prefix) ? unlessGone(() => statSync(file)) : undefined
    if (!entry || !stats) continue
    const { key, integrity, size } = entry
    yield { key, integrity, file, bytes: size + stats.size, lastUsed: stats.mtimeMs }
  }
}

/** The bytes are compared with the digest of the entry, whose line has a checksum of its own. */
function readArtifact(dir: string, { integrity, metadata }: IndexEntry): StoredArtifact | 'damaged' | undefined {
  const { info, ms } = (metadata ?? {}) as { info?: JsonObject; ms?: number }
  if (info === undefined || ms === undefined) return 'damaged'
  const file = contentFile(dir, integrity)
  const bytes = unlessGone(() => readFileSync(file))
  // Pruned between the two reads, or cleared with another entry of the same bytes.
  if (!bytes) return undefined
  const [algorithm = '', digest] = integrity.split('-', 2)
  if (hash(algorithm, bytes, 'base64') === digest) return { bytes, info, ms }
  // Nobody should find it again.
  rmSync(file, { force: true })
  return 'damaged'
}

function touch(file: string): void {
  const stats = unlessGone(() => statSync(file))
  const now = Date.now()
  if (stats && now - stats.mtimeMs > TOUCH_AFTER) unlessGone(() => utimesSync(file, now / 1000, now / 1000))
}
