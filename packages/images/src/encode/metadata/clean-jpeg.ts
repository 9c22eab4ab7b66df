import { tiffOrientation } from './tiff-orientation.ts'

/** Markers without a length: TEM, RST0–7, SOI, EOI. */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd9)
const END_OF_IMAGE = 0xd9
const START_OF_SCAN = 0xda

/**
 * A JPEG without EXIF, XMP, IPTC, comments and what follows the picture (previews, motion photos, gain maps with headers of their own). Pixels,
 * JFIF header, ICC profile and Adobe's marker, which decoding needs, stay as they are; the orientation too.
 *
 * @returns nothing for a file whose segments do not add up
 */
export function cleanJpeg(bytes: Uint8Array, orientation: number): Uint8Array | undefined {
  const parts: Uint8Array[] = [bytes.subarray(0, 2)]
  if (orientation > 1) parts.push(exifSegment(orientation))
  let at = 2
  while (at + 4 <= bytes.byteLength) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1]!
    // Any number of fill bytes may stand before a marker.
    if (marker === 0xff) {
      at++
      continue
    }
    const length = isBare(marker) ? 0 : (bytes[at + 2]! << 8) | bytes[at + 3]!
    let end = at + 2 + length
    if (marker === START_OF_SCAN) end = endOfScan(bytes, end)
    if (end > bytes.byteLength) return undefined
    if (isNeeded(marker, bytes.subarray(at + 4, end))) parts.push(bytes.subarray(at, end))
    at = end
    if (bytes[at] === 0xff && bytes[at + 1] === END_OF_IMAGE) {
      parts.push(bytes.subarray(at, at + 2))
      return Buffer.concat(parts)
    }
  }
  return undefined
}

function isNeeded(marker: number, content: Uint8Array): boolean {
  if (marker === 0xfe) return false
  if (marker < 0xe0 || marker > 0xef) return true
  const startsWith = (text: string): boolean =>
    Buffer.from(content.subarray(0, text.length)).toString('latin1') === text
  if (marker === 0xe0) return startsWith('JFIF\0')
  return (marker === 0xe2 && startsWith('ICC_PROFILE\0')) || (marker === 0xee && startsWith('Adobe'))
}

/** Compressed data ends at the first marker that is neither a stuffed zero nor a restart. */
function endOfScan(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]
    if (next === undefined) break
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return bytes.byteLength
}

function exifSegment(orientation: number): Uint8Array {
  const tiff = tiffOrientation(orientation)
  const length = 2 + 6 + tiff.byteLength
  return Buffer.concat([new Uint8Array([0xff, 0xe1, length >> 8, length & 255]), Buffer.from('Exif\0\0'), tiff])
}
