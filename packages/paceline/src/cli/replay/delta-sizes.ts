import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { constants, zstdCompress } from 'node:zlib'
import type { BuildReport, ChunkEntry, FileEntry } from '@paceline/build-graph'

const encode = promisify(zstdCompress)

/** Bytes before the zstd stream: magic number and hash of the dictionary (RFC 9842, Dictionary-Compressed Zstandard). */
const HEADER = 40
/** Worth the trouble of a delta, of what brotli makes. */
const WORTH = 0.8
/** A window of 8 MiB is what every decoder must accept. */
const MAX_WINDOW_LOG = 23

/** A release that is on disk. */
export interface StoredRelease {
  readonly report: BuildReport
  readonly outDir: string
}

/**
 * Sizes of files when the release before is their dictionary: what a server sends to who has the chunk of the same name.
 * Each pair of contents is encoded once.
 */
export class DeltaSizes {
  readonly #known = new Map<string, number>()

  /** Bytes that are sent for a file of the new release: the delta, or brotli where that is hardly more. */
  async sizeOf(entry: FileEntry, before: StoredRelease, after: StoredRelease): Promise<number> {
    const old = predecessor(entry, before.report, after.report)
    if (!old) return entry.brotli
    const key = `${old.hash} ${entry.hash}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const [dictionary, content] = await Promise.all([
      readFile(join(before.outDir, old.file)),
      readFile(join(after.outDir, entry.file)),
    ])
    const delta = await deltaSize(content, dictionary)
    const size = delta < WORTH * entry.brotli ? delta : entry.brotli
    this.#known.set(key, size)
    return size
  }
}

/** Bytes of a file encoded as `dcz` against a dictionary. */
export async function deltaSize(content: Uint8Array, dictionary: Uint8Array): Promise<number> {
  const window = Math.ceil(Math.log2(content.byteLength + dictionary.byteLength + 1))
  const encoded = await encode(content, {
    params: {
      [constants.ZSTD_c_compressionLevel]: 19,
      // The whole dictionary must stay in reach until the end of the file.
      [constants.ZSTD_c_windowLog]: Math.min(MAX_WINDOW_LOG, Math.max(10, window)),
    },
    dictionary,
    pledgedSrcSize: content.byteLength,
  })
  return encoded.byteLength + HEADER
}

/** The file of the release before that holds most of the same modules, among those of the same name and kind. */
export function predecessor(entry: FileEntry, before: BuildReport, after: BuildReport): FileEntry | undefined {
  if (entry.chunk === undefined) return undefined
  const chunk = after.chunks.find(({ file }) => file === entry.file)
  const named = before.chunks.filter(({ name, kind }) => name === entry.chunk && kind === chunk?.kind)
  if (!chunk || named.length === 0) return undefined
  const best = named.reduce((a, b) => (sharedBytes(b, chunk) > sharedBytes(a, chunk) ? b : a))
  return before.files.find(({ file }) => file === best.file)
}

function sharedBytes(old: ChunkEntry, now: ChunkEntry): number {
  const ids = new Set(now.modules.map(({ id }) => id))
  return old.modules.reduce((sum, { id, raw }) => (ids.has(id) ? sum + raw : sum), 0)
}
