import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { digestOf, type ArtifactCacheApi } from '@paceline/artifact-cache'
import { encoders, encodings } from '@paceline/kit'
import type { Codec } from '../core/codec.ts'
import type { FileRecord, Ledger, WrittenSibling } from '../core/ledger.ts'
import { siblingNames } from '../core/sibling-name.ts'
import { compressError } from '../errors.ts'
import type { ResolvedCompressOptions } from '../resolve-options.ts'
import { Room } from './room.ts'
import { encodeFile, fileContent, type FileContent } from './encode-file.ts'
import { listOutput, type OutputFile } from './list-output.ts'
import { decodesTo, readIfThere, writeSibling } from './sibling-files.ts'

/** An output directory that is to be compressed. */
export interface OutputRequest {
  readonly dir: string
  readonly options: ResolvedCompressOptions
  readonly cache: ArtifactCacheApi
  /** Whether an absolute path is somebody else's: the output of a server environment inside this one. */
  readonly isForeign: (path: string) => boolean
  /** Whether a file of the output is the user's own, from `public/`: a sibling among those is kept when it is right. */
  readonly isUsers: (file: string) => boolean
}

/** Contents that are in memory at once, beside what the encoders take. */
const ROOM = 64_000_000
/** Small files count as this much: what waits is not only their bytes. */
const LEAST = 128_000

/** What a stream is, as far as that is known. */
type KnownStream = Pick<Codec, 'name' | 'decode'>

interface OutputState extends OutputRequest {
  /** What there is now, by path relative to the directory. */
  readonly present: ReadonlySet<string>
  /** Those that `scheduler` keeps from running all at once. */
  readonly heavy: Room
}

/**
 * Writes the siblings of every file of an output, removes those that are stale, and says what became of each file.
 *
 * @throws `PACELINE_COMPRESS_FAILED` with every file that could not be compressed; the siblings of the others are there
 */
export async function compressOutput(request: OutputRequest): Promise<Ledger> {
  const { dir, options } = request
  const listed = listOutput(dir, request.isForeign)
  const state: OutputState = {
    ...request,
    present: new Set(listed.map(({ file }) => file)),
    heavy: new Room(options.highMemoryLimit),
  }
  const siblings = new Set<string>()
  const included = listed.filter(({ file }) => options.isIncluded(file)).sort((a, b) => b.bytes - a.bytes)
  const records = new Map<string, FileRecord>()
  const failures: Error[] = []
  const room = new Room(ROOM)
  await Promise.all(
    included.map((file) =>
      room.enter(Math.max(LEAST, file.bytes), async () => {
        const record = await compressFile(file, state).catch((error: unknown) => void failures.push(asError(error)))
        if (record) records.set(record.file, record)
        for (const sibling of record?.siblings ?? []) siblings.add(sibling.file)
      }),
    ),
  )
  if (failures.length === 1) throw failures[0]
  if (failures.length > 1) {
    const reasons = failures.map(({ message }) => message)
    throw Object.assign(compressError('PACELINE_COMPRESS_FAILED', [reasons]), { errors: failures })
  }
  const exempt = listed.filter(({ file }) => !options.isIncluded(file) && !siblings.has(file) && !isStale(file, state))
  return { dir, records, exempt: new Map(exempt.map(({ file, bytes }) => [file, bytes])) }
}

/** Whether a listed file was the sibling of one that is included: it is gone by now. */
function isStale(file: string, { present, options }: OutputState): boolean {
  const suffix = encodings.map((encoding) => encoders[encoding].extension).find((extension) => file.endsWith(extension))
  if (suffix === undefined) return false
  const owner = file.slice(0, -suffix.length)
  return present.has(owner) && options.isIncluded(owner)
}

/** @returns nothing when the file is not there any more */
async function compressFile({ file, path }: OutputFile, state: OutputState): Promise<FileRecord | undefined> {
  const bytes = readIfThere(path)
  if (!bytes) return undefined
  const { options } = state
  const content = fileContent(file, bytes)
  const base = { file, bytes: bytes.byteLength, digest: content.digest }
  const names = siblingNames(file, options.codecs, options.filename)
  const ours = namesOfOurs(file, names)
  if (bytes.byteLength < options.threshold) {
    const siblings = await keepRight(content, ours, state)
    return { ...base, ...statusOf(siblings, 'below the threshold'), siblings, notSmaller: [] }
  }
  const results = await Promise.all([...names].map(([codec, name]) => addSibling(content, codec, name, state)))
  const written = results.filter((result) => result !== undefined)
  for (const sibling of written) ours.delete(sibling.file)
  const others = await keepRight(content, ours, state)
  const siblings = [...written, ...others]
  const notSmaller = options.codecs.filter((_, index) => results[index] === undefined).map(({ name }) => name)
  return { ...base, ...statusOf(siblings, 'not smaller'), siblings, notSmaller }
}

function statusOf(
  siblings: readonly WrittenSibling[],
  why: NonNullable<FileRecord['why']>,
): Pick<FileRecord, 'status' | 'why'> {
  return siblings.length > 0 ? { status: 'compressed' } : { status: 'skipped', why }
}

/** @returns nothing when the stream would not be smaller */
async function addSibling(
  content: FileContent,
  codec: Codec,
  name: string,
  state: OutputState,
): Promise<WrittenSibling | undefined> {
  const { dir, options, cache, present, isUsers } = state
  const path = join(dir, name)
  if (present.has(name) && isUsers(name) && codec.decode) {
    const own = readIfThere(path)
    if (own && (await decodesTo(own, content.content, codec.decode))) {
      return siblingOf(name, codec, own)
    }
  }
  const encode = (): ReturnType<typeof encodeFile> => encodeFile(content, codec, cache, options.ratio === undefined)
  const { length, stream } = await (options.isHighMemory(codec) ? state.heavy.enter(1, encode) : encode())
  const isKept = options.ratio === undefined || length < content.content.byteLength * options.ratio
  if (!stream || !isKept) return undefined
  writeSibling(path, stream, present.has(name))
  return siblingOf(name, codec, stream)
}

/** Siblings under names of ours that are not written now: a right one stays, whoever made it, a wrong one goes. */
async function keepRight(
  { content }: FileContent,
  names: ReadonlyMap<string, KnownStream>,
  { dir, present, isUsers }: OutputState,
): Promise<WrittenSibling[]> {
  const kept: WrittenSibling[] = []
  for (const [name, codec] of names) {
    if (!present.has(name)) continue
    const path = join(dir, name)
    const stream = readIfThere(path)
    if (!stream) continue
    const isRight = codec.decode && (await decodesTo(stream, content, codec.decode))
    if (isRight) kept.push(siblingOf(name, codec, stream))
    // What nobody can decode is of an earlier build, unless it came with the user's own files.
    else if (codec.decode || !isUsers(name)) rmSync(path, { force: true })
  }
  return kept
}

/** Where siblings of a file lie: under the names that servers look for, and under those of the options. */
function namesOfOurs(file: string, chosen: ReadonlyMap<Codec, string>): Map<string, KnownStream> {
  const names = new Map<string, KnownStream>()
  for (const name of encodings) names.set(file + encoders[name].extension, { name, decode: encoders[name].decode })
  for (const [codec, name] of chosen) names.set(name, codec)
  return names
}

function siblingOf(file: string, { name, decode }: KnownStream, stream: Uint8Array): WrittenSibling {
  return { file, name, decode, bytes: stream.byteLength, digest: digestOf(stream) }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
