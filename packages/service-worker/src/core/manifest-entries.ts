import { createHash } from 'node:crypto'
import type { DocumentFile } from '../../shared/documents.ts'
import type { LaterFile, PrecacheEntry } from '../../shared/manifest.ts'
import type { PictureFile } from './image-groups.ts'

export interface StoredFile {
  readonly file: string
  readonly content: Uint8Array
}

/** A file of the list that takes the place of `self.__WB_MANIFEST`; Workbox reads the first three fields. */
export interface ManifestEntry {
  readonly url: string
  /** `null` where the name changes with the content. */
  readonly revision: string | null
  /** `sha256-…` of the content, as in Subresource Integrity. */
  readonly integrity: string
  readonly bytes: number
  /** All files of a picture have one group, so that a worker can leave out what its browser does not read. */
  readonly group?: string
  readonly format?: PictureFile['format']
}

interface EntryContext {
  /** Files that the bundler has named. */
  readonly emitted: ReadonlySet<string>
  readonly pictures: ReadonlyMap<string, PictureFile>
  /** From where the file is served, relative to the scope. */
  readonly urlOf: (file: string) => string
}

/** A name as bundlers make it: eight letters of base64 or hex before the ending. Contents are compared all the same. */
const HASHED = /[-.][\w-]{8,}\.\w+$/
const NEEDED = /\.(?:m?js|css|html?|wasm|json|webmanifest)$/

/** Whether a name changes with its content. */
export function isHashed(file: string, emitted: ReadonlySet<string>): boolean {
  return emitted.has(file) && !file.endsWith('.html') && HASHED.test(file)
}

/** The entries of the precache, in the order of their names. */
export function precacheEntries(files: readonly StoredFile[], context: EntryContext): PrecacheEntry[] {
  return files.toSorted(byName).map(({ file, content }) => ({
    ...laterFile({ file, content }, context),
    bytes: content.byteLength,
    isHashed: isHashed(file, context.emitted),
    ...(NEEDED.test(file) ? {} : { optional: true as const }),
  }))
}

/** What is known of a file that is stored when it is first asked for. */
export function laterFile(
  { file, content }: StoredFile,
  { pictures, urlOf }: Pick<EntryContext, 'pictures' | 'urlOf'>,
): LaterFile {
  const picture = pictures.get(file)
  return {
    url: urlOf(file),
    digest: sha256(content).subarray(0, 8).toString('base64url'),
    ...(picture ? { group: picture.group, format: picture.format } : {}),
  }
}

/** What is known of a page beside the shell. The worker compares its text, which has no byte order mark. */
export function documentFile({ file, content }: StoredFile, urlOf: EntryContext['urlOf']): DocumentFile {
  const text = Buffer.from(new TextDecoder().decode(content))
  return { url: urlOf(file), digest: sha256(text).subarray(0, 8).toString('base64url') }
}

/** The same list for workers of users, in the order of their names. */
export function manifestEntries(
  files: readonly StoredFile[],
  { emitted, pictures, urlOf }: EntryContext,
): ManifestEntry[] {
  return files.toSorted(byName).map(({ file, content }) => {
    const hash = sha256(content)
    const { group, format } = pictures.get(file) ?? {}
    return {
      url: urlOf(file),
      revision: isHashed(file, emitted) ? null : hash.toString('hex').slice(0, 20),
      integrity: `sha256-${hash.toString('base64')}`,
      bytes: content.byteLength,
      ...(group !== undefined && format !== undefined ? { group, format } : {}),
    }
  })
}

/** What a browser that reads the best formats stores. */
export function storedEntries(entries: readonly PrecacheEntry[]): PrecacheEntry[] {
  const order = ['avif', 'webp', 'other'] as const
  const best = new Map<string, number>()
  for (const { group, format } of entries) {
    if (group === undefined || format === undefined) continue
    best.set(group, Math.min(best.get(group) ?? Infinity, order.indexOf(format)))
  }
  return entries.filter(
    ({ group, format }) => group === undefined || format === undefined || best.get(group) === order.indexOf(format),
  )
}

function sha256(content: Uint8Array): Buffer {
  return createHash('sha256').update(content).digest()
}

function byName(a: StoredFile, b: StoredFile): number {
  return a.file < b.file ? -1 : 1
}
