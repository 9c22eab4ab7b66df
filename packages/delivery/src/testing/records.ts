import { hash } from 'node:crypto'
import type { ArchivedFile, ArchivedModule, ReleaseRecord } from '../archive/release-record.ts'

/** A file of a release as tests write it: `assets/index-[AAAAAAAA].js` has its hash in brackets; without them it has none. */
export function archivedFile(
  name: string,
  content: string,
  more: { readonly dictionary?: true; readonly modules?: readonly ArchivedModule[] } = {},
): ArchivedFile {
  const [prefix, rest] = name.split('[')
  const suffix = rest?.split(']')[1]
  return {
    file: name.replace(/[[\]]/g, ''),
    sha256: hash('sha256', content, 'hex'),
    bytes: Buffer.byteLength(content),
    ...(suffix === undefined ? {} : { stem: { prefix: prefix!, suffix } }),
    ...more,
  }
}

/** @param number makes the id, and the time: higher is newer */
export function releaseRecord(number: number, files: readonly ArchivedFile[], base = '/'): ReleaseRecord {
  return {
    schemaVersion: 1,
    release: number.toString(16).padStart(12, '0'),
    createdAt: new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString(),
    base,
    files,
  }
}
