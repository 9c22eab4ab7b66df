import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, sep } from 'node:path'
import { encoders, encodings, type Encoding } from '@paceline/kit'
import pMap from 'p-map'
import type { EmittedFile } from '../core/build-input.ts'
import { graphError } from '../errors.ts'

/** Every file below a directory, relative to it, with `/`, sorted. Empty when there is no such directory. */
export async function listFiles(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .map((file) => (sep === '/' ? file : file.replaceAll(sep, '/')))
    .sort()
}

/** Size and time of every file: two equal snapshots of a file mean nobody wrote it in between. */
export async function snapshot(dir: string): Promise<ReadonlyMap<string, string>> {
  const files = await listFiles(dir)
  const stats = await Promise.all(files.map((file) => stat(join(dir, file)).catch(() => undefined)))
  return new Map(files.map((file, index) => [file, `${stats[index]?.size}:${stats[index]?.mtimeMs}`]))
}

const EXTENSIONS = encodings.map((encoding) => encoders[encoding].extension)

/** Splits a listing into files of their own and the compressed siblings and source maps that belong to them. */
export function ownFiles(files: readonly string[]): string[] {
  const known = new Set(files)
  return files.filter((file) => {
    if (file.endsWith('.map') && known.has(file.slice(0, -'.map'.length))) return false
    const extension = EXTENSIONS.find((suffix) => file.endsWith(suffix))
    return extension === undefined || !known.has(file.slice(0, -extension.length))
  })
}

/**
 * Reads files and measures them in every encoding. A compressed sibling on disk is what will be served, so it is what
 * is measured, after it has been decoded and compared; what has none is encoded here.
 *
 * @throws `PACELINE_SIBLING_MISMATCH` when a sibling holds something else than its file
 */
export async function readEmitted(
  dir: string,
  files: readonly string[],
  siblings: ReadonlySet<string>,
): Promise<EmittedFile[]> {
  const contents = await Promise.all(files.map(async (file) => ({ file, content: await readFile(join(dir, file)) })))
  // Biggest first, so that no core waits for the last one; no more at once than there are cores, since encoders that
  // share a core spoil each other's caches: a tenth more CPU for the same bytes.
  contents.sort((a, b) => b.content.byteLength - a.content.byteLength)
  return pMap(contents, ({ file, content }) => measure(dir, file, content, siblings), {
    concurrency: availableParallelism(),
  })
}

async function measure(
  dir: string,
  file: string,
  content: Buffer,
  siblings: ReadonlySet<string>,
): Promise<EmittedFile> {
  const brotli = await encode(dir, file, content, 'brotli', siblings)
  const gzip = await encode(dir, file, content, 'gzip', siblings)
  const zstd = await encode(dir, file, content, 'zstd', siblings)
  return {
    file,
    content,
    hash: contentHash(content),
    sizes: {
      raw: content.byteLength,
      gzip: gzip.byteLength,
      brotli: brotli.byteLength,
      zstd: zstd.byteLength,
    },
    streams: { gzip, brotli },
  }
}

async function encode(
  dir: string,
  file: string,
  content: Buffer,
  encoding: Encoding,
  siblings: ReadonlySet<string>,
): Promise<Uint8Array> {
  const { extension, decode, encode: encodeContent } = encoders[encoding]
  const sibling = file + extension
  if (!siblings.has(sibling)) return encodeContent(content)
  const stream = await readFile(join(dir, sibling))
  const decoded = await decode(stream).catch((cause: unknown) => {
    throw graphError('PACELINE_SIBLING_MISMATCH', [sibling, file], { cause })
  })
  if (!decoded.equals(content)) throw graphError('PACELINE_SIBLING_MISMATCH', [sibling, file])
  return stream
}

/** The hash a report has for a file: first 16 hex digits of the SHA-256 of its content. */
export function contentHash(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16)
}

/** The release: same names and contents, same 12 hex digits. */
export function releaseOf(files: readonly { file: string; hash: string }[]): string {
  const sorted = [...files].sort((a, b) => (a.file < b.file ? -1 : 1))
  const hash = createHash('sha256')
  for (const { file, hash: content } of sorted) hash.update(`${file}\0${content}\n`)
  return hash.digest('hex').slice(0, 12)
}
