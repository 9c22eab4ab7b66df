import type { RasterFormat } from './image-format.ts'
import { gifBlocks } from './metadata/gif-blocks.ts'

/** What a decoder does not say about a file and would lose without a word. */
export interface ContainerFacts {
  /** A reason for which the file ends too early, though decoders take it. */
  readonly truncated?: string
  /** Frames that the decoder does not read. */
  readonly unreadableAnimation?: string
  /** Colour that is told outside the ICC profile, as coding-independent code points (ITU-T H.273), other than sRGB. */
  readonly codePoints?: string
  /** WebP without loss. */
  readonly isLossless?: boolean
}

const scanners: Partial<Readonly<Record<RasterFormat, (bytes: Uint8Array, view: DataView) => ContainerFacts>>> = {
  png: scanPng,
  gif: scanGif,
  avif: scanAvif,
  webp: (bytes) => ({ isLossless: ascii(bytes, 12) === 'VP8L' }),
}

/** Looks at the structure of a file; decodes nothing. */
export function scanContainer(format: RasterFormat, bytes: Uint8Array): ContainerFacts {
  return scanners[format]?.(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)) ?? {}
}

const ascii = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4))

/** libvips reads an animated PNG as its first frame, and no `cICP` chunk (PNG third edition, 4.3 and 11.3.2.6). */
function scanPng(bytes: Uint8Array, view: DataView): ContainerFacts {
  for (let at = 8; at + 12 <= bytes.byteLength; at += 12 + view.getUint32(at)) {
    const type = ascii(bytes, at + 4)
    if (type === 'IDAT') break
    if (type === 'acTL') return { unreadableAnimation: 'an animated PNG' }
    if (type === 'cICP') return codePoints(bytes[at + 8]!, bytes[at + 9]!)
  }
  return {}
}

/** libvips leaves out the frames behind the cut of an animated GIF and says nothing. */
function scanGif(bytes: Uint8Array): ContainerFacts {
  for (const { start, end } of gifBlocks(bytes)) {
    if (end === Number.POSITIVE_INFINITY) return { truncated: `a byte at ${start} that starts no block` }
    if (end > bytes.byteLength) return { truncated: 'an end of file inside a frame' }
  }
  return {}
}

/** libheif gives the first picture of a sequence, and libvips does not read the `nclx` colour of AVIF (ISO 14496-12, 12.1.5). */
function scanAvif(bytes: Uint8Array, view: DataView): ContainerFacts {
  if (ascii(bytes, 8) === 'avis') return { unreadableAnimation: 'an animated AVIF' }
  const head = String.fromCharCode(...bytes.subarray(0, 4096))
  const at = head.indexOf('colrnclx')
  // A profile says it all, and it is what decoders go by.
  if (at < 0 || at + 12 > bytes.byteLength || /colr(?:prof|rICC)/.test(head)) return {}
  return codePoints(view.getUint16(at + 8), view.getUint16(at + 10))
}

/** 1 is the primaries of sRGB; 2 says nothing; 1, 6, 13, 14 and 15 are curves that are read as sRGB's. */
function codePoints(primaries: number, transfer: number): ContainerFacts {
  if ([1, 2].includes(primaries) && [1, 2, 6, 13, 14, 15].includes(transfer)) return {}
  return { codePoints: `${primaries}/${transfer}` }
}
