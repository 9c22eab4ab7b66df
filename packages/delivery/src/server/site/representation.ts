import type { DeliveredFile, DeliveryManifest } from '../../manifest.ts'
import { fileHeaders } from '../../policy/file-headers.ts'
import type { ContentCoding } from '../negotiate/accept-encoding.ts'

/** One form in which the content of a URL can be sent: as it is, compressed, in another format, or as a delta. */
export interface Representation {
  /** Path in the output directory, with `/`. */
  readonly file: string
  readonly bytes: number
  readonly type: string
  readonly coding: ContentCoding
  /** SHA-256 of the dictionary it is a delta against, 64 hex digits. */
  readonly dictionary?: string
  /** Strong, with its quotes; no two forms share one. */
  readonly etag: string
}

/** A file with all its forms. */
export interface Asset {
  readonly file: DeliveredFile
  readonly identity: Representation
  /** Smallest first. */
  readonly encoded: readonly Representation[]
  /** By their `Content-Type`; smallest first. */
  readonly formats: readonly Representation[]
  /** By dictionary; smallest first. */
  readonly deltas: ReadonlyMap<string, readonly Representation[]>
  /** Headers of every answer with content, flat: name, value, name, value. */
  readonly headers: readonly string[]
  /** Those of them that a 304 repeats (RFC 9110, 15.4.5). */
  readonly sharedHeaders: readonly string[]
}

/** Says what a 304 must say again, beside `ETag`; `Last-Modified` is added by who knows it. */
const REPEATED = new Set(['cache-control', 'cdn-cache-control', 'content-location', 'expires', 'vary'])

/** Makes a file of a manifest ready to be sent. */
export function prepareAsset(file: DeliveredFile, manifest: Pick<DeliveryManifest, 'policies'>): Asset {
  const tag = file.sha256.slice(0, 32)
  const deltas = new Map<string, Representation[]>()
  for (const delta of file.deltas ?? []) {
    const { dictionary, encoding: coding } = delta
    const etag = `"${tag}-${coding}-${dictionary.slice(0, 16)}-${delta.bytes.toString(36)}"`
    const form = { file: delta.file, bytes: delta.bytes, type: file.type, coding, dictionary, etag }
    deltas.set(dictionary, [...(deltas.get(dictionary) ?? []), form].sort(bySize))
  }
  // The hash is of the content; another run of an encoder may give other bytes, of another length.
  const encoded = (file.encodings ?? []).map(({ encoding: coding, file: sibling, bytes }) => ({
    file: sibling,
    bytes,
    type: file.type,
    coding,
    etag: `"${tag}-${coding}-${bytes.toString(36)}"`,
  }))
  const formats = (file.formats ?? []).map(({ type, file: sibling, bytes }) => ({
    file: sibling,
    bytes,
    type,
    coding: 'identity' as const,
    etag: `"${tag}-${type.slice(type.indexOf('/') + 1).replaceAll(/[^a-z\d]/gi, '')}-${bytes.toString(36)}"`,
  }))
  const { 'content-type': _, ...others } = fileHeaders(manifest, file)
  const headers = Object.entries(others)
  return {
    file,
    identity: { file: file.file, bytes: file.bytes, type: file.type, coding: 'identity', etag: `"${tag}"` },
    encoded: encoded.sort(bySize),
    formats: formats.sort(bySize),
    deltas,
    headers: headers.flat(),
    sharedHeaders: headers.filter(([name]) => REPEATED.has(name)).flat(),
  }
}

function bySize(a: Representation, b: Representation): number {
  return a.bytes - b.bytes
}
