import { crc32 } from 'node:zlib'

/** A gzip member (RFC 1952) around a deflate stream. */
export function gzipMember(deflated: Uint8Array, raw: Uint8Array): Buffer {
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(crc32(raw))
  trailer.writeUInt32LE(raw.length, 4)
  return Buffer.concat([Buffer.of(31, 139, 8, 0, 0, 0, 0, 0, 0, 255), deflated, trailer])
}
