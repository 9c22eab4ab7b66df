/** Raster formats that can be read. */
export type RasterFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif'

/** Formats that variants are written in. */
export type VariantFormat = 'avif' | 'webp' | 'jpeg' | 'png'

/** What a file is by its content: a format that can be used, or the name of one that cannot. */
export type SniffedFormat = RasterFormat | 'svg' | { readonly unsupported: string }

interface FormatFacts {
  /** As people write it. */
  readonly title: string
  /** IANA media type. */
  readonly mediaType: `image/${string}`
  /** With the dot; the first is the one we write. */
  readonly extensions: readonly [string, ...string[]]
}

export const imageFormats: Readonly<Record<RasterFormat | 'svg', FormatFacts>> = Object.freeze({
  jpeg: { title: 'JPEG', mediaType: 'image/jpeg', extensions: ['.jpg', '.jpeg', '.jpe', '.jfif'] },
  png: { title: 'PNG', mediaType: 'image/png', extensions: ['.png', '.apng'] },
  webp: { title: 'WebP', mediaType: 'image/webp', extensions: ['.webp'] },
  avif: { title: 'AVIF', mediaType: 'image/avif', extensions: ['.avif'] },
  gif: { title: 'GIF', mediaType: 'image/gif', extensions: ['.gif'] },
  svg: { title: 'SVG', mediaType: 'image/svg+xml', extensions: ['.svg'] },
})

const isAscii = (bytes: Uint8Array, at: number, text: string): boolean =>
  [...text].every((letter, index) => bytes[at + index] === letter.charCodeAt(0))

/**
 * Formats by their first bytes (WHATWG MIME Sniffing, ISO 14496-12 for `ftyp`). The unsupported ones are known by name so that the
 * message can say what the file is; they never reach a decoder.
 */
const MAGIC: readonly (readonly [format: SniffedFormat, is: (bytes: Uint8Array) => boolean])[] = [
  ['jpeg', (b) => b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff],
  ['png', (b) => b[0] === 0x89 && isAscii(b, 1, 'PNG\r\n\u001a\n')],
  ['gif', (b) => isAscii(b, 0, 'GIF87a') || isAscii(b, 0, 'GIF89a')],
  ['webp', (b) => isAscii(b, 0, 'RIFF') && isAscii(b, 8, 'WEBP')],
  ['avif', (b) => brands(b).some((brand) => brand === 'avif' || brand === 'avis')],
  [{ unsupported: 'HEIC' }, (b) => brands(b).some((brand) => /^(?:he|mi|ms)[a-z\d]{2}$/.test(brand))],
  [{ unsupported: 'JPEG XL' }, (b) => (b[0] === 0xff && b[1] === 0x0a) || isAscii(b, 4, 'JXL ')],
  [{ unsupported: 'JPEG 2000' }, (b) => isAscii(b, 4, 'jP  ')],
  [{ unsupported: 'TIFF' }, (b) => isAscii(b, 0, 'II*\0') || isAscii(b, 0, 'MM\0*')],
  [{ unsupported: 'BMP' }, (b) => isAscii(b, 0, 'BM') && b[5] === 0],
  [{ unsupported: 'ICO' }, (b) => b[0] === 0 && b[1] === 0 && (b[2] === 1 || b[2] === 2) && b[3] === 0],
  [{ unsupported: 'PSD' }, (b) => isAscii(b, 0, '8BPS')],
  [{ unsupported: 'PDF' }, (b) => isAscii(b, 0, '%PDF')],
  [{ unsupported: 'gzip (an .svgz?)' }, (b) => b[0] === 0x1f && b[1] === 0x8b],
  ['svg', isSvg],
]

/** What a file is, by its content. */
export function sniffFormat(bytes: Uint8Array): SniffedFormat {
  const known = MAGIC.find(([, is]) => is(bytes))
  return known?.[0] ?? { unsupported: 'an unknown format' }
}

/** The format that a file's name promises; nothing for a name without a known extension. */
export function formatOfName(file: string): RasterFormat | 'svg' | undefined {
  const lower = file.toLowerCase().replace(/[?#].*$/s, '')
  const formats = Object.keys(imageFormats) as (RasterFormat | 'svg')[]
  return formats.find((format) => imageFormats[format].extensions.some((extension) => lower.endsWith(extension)))
}

/** The major and compatible brands of an ISO base media file. */
function brands(bytes: Uint8Array): string[] {
  if (!isAscii(bytes, 4, 'ftyp')) return []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = Math.min(view.getUint32(0), bytes.byteLength, 256)
  const all: string[] = []
  // The four bytes after the major brand are its version.
  for (let at = 8; at + 4 <= end; at += 4) {
    if (at !== 12) all.push(String.fromCharCode(...bytes.subarray(at, at + 4)))
  }
  return all
}

/** An SVG starts with `<svg`, perhaps behind an XML declaration, comments and a doctype, in UTF-8 or UTF-16. */
function isSvg(bytes: Uint8Array): boolean {
  const text = decodeXml(bytes.subarray(0, 64 * 1024))
  return /^\s*</.test(text) && /<(?:[\w.-]+:)?svg[\s>/]/.test(text)
}

/** XML as text: by its byte order mark, else by the encoding that it declares, else UTF-8 (XML 1.0, appendix F). */
export function decodeXml(bytes: Uint8Array): string {
  const mark = (bytes[0]! << 8) | bytes[1]!
  if (mark === 0xfeff || mark === 0xfffe)
    return new TextDecoder(mark === 0xfeff ? 'utf-16be' : 'utf-16le').decode(bytes)
  const head = String.fromCharCode(...bytes.subarray(0, 200))
  const declared = /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1]
  try {
    return new TextDecoder(declared).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}
