import { tiffOrientation } from './tiff-orientation.ts'

/** Bits of the `VP8X` chunk that announce an EXIF and an XMP chunk (WebP container specification). */
const EXIF_FLAG = 0x08
const XMP_FLAG = 0x04

/**
 * A WebP without EXIF and XMP, and without what follows its end. The orientation stays.
 *
 * @returns nothing for a file whose chunks do not add up
 */
export function cleanWebp(bytes: Uint8Array, orientation: number): Uint8Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = 8 + view.getUint32(4, true)
  if (end > bytes.byteLength) return undefined
  const parts: Buffer[] = [Buffer.from(bytes.subarray(0, 12))]
  let at = 12
  while (at + 8 <= end) {
    const size = view.getUint32(at + 4, true)
    // Chunks are padded to an even length.
    const next = at + 8 + size + (size & 1)
    if (next > end) return undefined
    const type = String.fromCharCode(...bytes.subarray(at, at + 4))
    if (type !== 'EXIF' && type !== 'XMP ') {
      const part = Buffer.from(bytes.subarray(at, next))
      if (type === 'VP8X') part[8] = (part[8]! & ~(EXIF_FLAG | XMP_FLAG)) | (orientation > 1 ? EXIF_FLAG : 0)
      parts.push(part)
    }
    at = next
  }
  if (orientation > 1) parts.push(exifChunk(orientation))
  const file = Buffer.concat(parts)
  file.writeUInt32LE(file.byteLength - 8, 4)
  return file
}

function exifChunk(orientation: number): Buffer {
  const tiff = tiffOrientation(orientation)
  const head = Buffer.from('EXIF\0\0\0\0', 'latin1')
  head.writeUInt32LE(tiff.byteLength, 4)
  return Buffer.concat([head, tiff])
}
