import { createHash } from 'node:crypto'
import type { JsonObject } from '../artifact.ts'
import type { StoredArtifact } from './tier.ts'

/**
 * The form of an artifact in one value: 4 bytes that say which form this is, the SHA-256 of key and rest, the length of the header (32 bits, big
 * endian), the header as JSON, the bytes.
 */
const MAGIC = Buffer.from('PLC1')
const DIGEST_END = MAGIC.byteLength + 32
const HEADER_START = DIGEST_END + 4

export function packArtifact(key: string, { bytes, info, ms }: StoredArtifact): Buffer {
  const header = Buffer.from(JSON.stringify({ info, ms }))
  const packed = Buffer.allocUnsafe(HEADER_START + header.byteLength + bytes.byteLength)
  packed.set(MAGIC, 0)
  packed.writeUInt32BE(header.byteLength, DIGEST_END)
  packed.set(header, HEADER_START)
  packed.set(bytes, HEADER_START + header.byteLength)
  packed.set(digest(key, packed), MAGIC.byteLength)
  return packed
}

/** The artifact in a value, or nothing when these are not the bytes that were packed under this key. */
export function unpackArtifact(key: string, packed: Buffer): StoredArtifact | undefined {
  if (packed.byteLength < HEADER_START || !packed.subarray(0, MAGIC.byteLength).equals(MAGIC)) return undefined
  if (!packed.subarray(MAGIC.byteLength, DIGEST_END).equals(digest(key, packed))) return undefined
  const bytesStart = HEADER_START + packed.readUInt32BE(DIGEST_END)
  const header = JSON.parse(packed.toString('utf8', HEADER_START, bytesStart)) as { info: JsonObject; ms: number }
  return { bytes: packed.subarray(bytesStart), info: header.info, ms: header.ms }
}

/** The key is in it, so that a value which came under another key is found out too. */
function digest(key: string, packed: Buffer): Buffer {
  return createHash('sha256').update(key).update('\0').update(packed.subarray(DIGEST_END)).digest()
}
