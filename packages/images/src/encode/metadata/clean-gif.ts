import { gifBlocks, gifHeaderEnd } from './gif-blocks.ts'

const COMMENT = 0xfe
const APPLICATION = 0xff

/** Applications whose blocks are about the picture: how often it plays, its profile. The best known of the others is XMP. */
const NEEDED = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012'])

/**
 * A GIF without comments, XMP and what follows its end. How often it plays and its profile stay.
 *
 * @returns nothing for a file whose blocks do not add up
 */
export function cleanGif(bytes: Uint8Array): Uint8Array | undefined {
  const parts: Uint8Array[] = [bytes.subarray(0, gifHeaderEnd(bytes))]
  for (const { start, end, extension } of gifBlocks(bytes)) {
    if (end > bytes.byteLength) return undefined
    const isNeeded =
      extension !== COMMENT &&
      (extension !== APPLICATION || NEEDED.has(String.fromCharCode(...bytes.subarray(start + 3, start + 14))))
    if (isNeeded) parts.push(bytes.subarray(start, end))
  }
  return Buffer.concat([...parts, new Uint8Array([0x3b])])
}
