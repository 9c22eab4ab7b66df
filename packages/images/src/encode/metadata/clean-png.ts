import { crc32 } from 'node:zlib'
import { tiffOrientation } from './tiff-orientation.ts'

/** Chunks that say something about the writer, not about the picture (PNG third edition, 11.3). */
const PRIVATE = new Set(['tEXt', 'zTXt', 'iTXt', 'tIME', 'eXIf'])

/**
 * A PNG without text, time and EXIF, and without what follows its end. The orientation stays.
 *
 * @returns nothing for a file whose chunks do not add up
 */
export function cleanPng(bytes: Uint8Array, orientation: number): Uint8Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: Uint8Array[] = [bytes.subarray(0, 8)]
  let at = 8
  while (at + 12 <= bytes.byteLength) {
    const end = at + 12 + view.getUint32(at)
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (end > bytes.byteLength) return undefined
    // Letters in lower case first are ancillary; what nobody knows of those is not worth the risk.
    if (!PRIVATE.has(type) && (KNOWN.has(type) || !/^[a-z]/.test(type))) parts.push(bytes.subarray(at, end))
    if (type === 'IHDR' && orientation > 1) parts.push(chunk('eXIf', tiffOrientation(orientation)))
    if (type === 'IEND') return Buffer.concat(parts)
    at = end
  }
  return undefined
}

const KNOWN = new Set('tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(' '))

function chunk(type: string, content: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const all = Buffer.alloc(named.byteLength + 8)
  all.writeUInt32BE(content.byteLength, 0)
  named.copy(all, 4)
  all.writeUInt32BE(crc32(named), named.byteLength + 4)
  return all
}
