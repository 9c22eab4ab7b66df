import { hash } from 'node:crypto'
import { join, sep } from 'node:path'

/**
 * Where cacache keeps what (content version 2, index version 5, both in its package.json). It has no way to walk a large cache in bounded memory, to
 * tell when an entry was used, or to remove one file: for these the files are looked at here, in its own format. A test holds the two
 * together.
 */
const INDEX = 'index-v5'
const CONTENT = 'content-v2'

export function indexDir(dir: string): string {
  return join(dir, INDEX)
}

export function contentDir(dir: string): string {
  return join(dir, CONTENT)
}

export function temporaryDir(dir: string): string {
  return join(dir, 'tmp')
}

/** The file with the entry of a key: one key, one file. Its time of change is the time of last use. */
export function entryFile(dir: string, key: string): string {
  return under(indexDir(dir), hash('sha256', key, 'hex'))
}

/** The file with the bytes of an entry. */
export function contentFile(dir: string, integrity: string): string {
  const [algorithm = '', digest = ''] = integrity.split('-', 2)
  return under(join(contentDir(dir), algorithm), Buffer.from(digest, 'base64').toString('hex'))
}

/** An entry of the index, as cacache writes it. */
export interface IndexEntry {
  readonly key: string
  readonly integrity: string
  readonly size: number
  readonly metadata: unknown
}

/**
 * The entry that an index file holds now: its last line with a right checksum. Lines are appended, so a writer that died leaves a broken one.
 */
export function readEntry(text: string): IndexEntry | undefined {
  for (const line of text.split('\n').toReversed()) {
    const [checksum, json] = line.split('\t', 2)
    if (!json || hash('sha1', json, 'hex') !== checksum) continue
    const entry = JSON.parse(json) as Partial<IndexEntry>
    const { key, integrity, size, metadata } = entry
    // A line without content takes back the ones before.
    if (typeof key !== 'string' || typeof integrity !== 'string') return undefined
    return { key, integrity, size: size ?? 0, metadata }
  }
  return undefined
}

/** There is nothing in it to be normalised, and a build asks for hundreds. */
function under(folder: string, hex: string): string {
  return [folder, hex.slice(0, 2), hex.slice(2, 4), hex.slice(4)].join(sep)
}
