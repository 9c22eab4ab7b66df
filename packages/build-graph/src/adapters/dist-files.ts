import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { encoders, encodings, listFiles, type Encoding } from '@paceline/kit'
import pMap from 'p-map'
import type { EmittedFile } from '../core/build-input.ts'
import { graphError } from '../errors.ts'

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
  encodeContent: EncodeContent = encodeHere,
): Promise<EmittedFile[]> {
  const contents = await Promise.all(files.map(async (file) => ({ file, content: await readFile(join(dir, file)) })))
  // Biggest first, so that no core waits for the last one; no more at once than there are cores, since encoders that
  // share a core spoil each other's caches: a tenth more CPU for the same bytes.
  contents.sort((a, b) => b.content.byteLength - a.content.byteLength)
  return pMap(contents, ({ file, content }) => measure({ dir, file, content, siblings, encodeContent }), {
    concurrency: availableParallelism(),
  })
}

/** A content in an encoding. Its stream may be left out when it is not smaller. */
export type EncodeContent = (
  file: string,
  content: Buffer,
  encoding: Encoding,
) => Promise<{ readonly length: number; readonly stream: Uint8Array | undefined }>

const encodeHere: EncodeContent = async (_file, content, encoding) => {
  const stream = await encoders[encoding].encode(content)
  return { length: stream.byteLength, stream }
}

interface Measured {
  readonly dir: string
  readonly file: string
  readonly content: Buffer
  readonly siblings: ReadonlySet<string>
  readonly encodeContent: EncodeContent
}

async function measure(measured: Measured): Promise<EmittedFile> {
  const { file, content } = measured
  const brotli = await encode(measured, 'brotli')
  const gzip = await encode(measured, 'gzip')
  const zstd = await encode(measured, 'zstd')
  return {
    file,
    content,
    hash: contentHash(content),
    sizes: { raw: content.byteLength, gzip: gzip.length, brotli: brotli.length, zstd: zstd.length },
    streams: { gzip: await streamOf(measured, 'gzip', gzip), brotli: await streamOf(measured, 'brotli', brotli) },
  }
}

type Encoded = Awaited<ReturnType<EncodeContent>>

/** Files that are made from modules: what each of those has of the streams is read from them. */
const MADE_FROM_MODULES = /\.(?:[cm]?js|css)$/

async function streamOf({ file, content }: Measured, encoding: Encoding, { stream }: Encoded): Promise<Uint8Array> {
  if (stream || !MADE_FROM_MODULES.test(file)) return stream ?? new Uint8Array()
  return encoders[encoding].encode(content)
}

async function encode({ dir, file, content, siblings, encodeContent }: Measured, encoding: Encoding): Promise<Encoded> {
  const { extension, decode } = encoders[encoding]
  const sibling = file + extension
  if (!siblings.has(sibling)) return encodeContent(file, content, encoding)
  const stream = await readFile(join(dir, sibling))
  const decoded = await decode(stream, content.byteLength).catch((cause: unknown) => {
    throw graphError('PACELINE_SIBLING_MISMATCH', [sibling, file], { cause })
  })
  if (!decoded.equals(content)) throw graphError('PACELINE_SIBLING_MISMATCH', [sibling, file])
  return { length: stream.byteLength, stream }
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
