import { avifItems, type AvifItem, type Extent } from './avif-items.ts'
import { BmffError, BmffReader } from './bmff-reader.ts'

/** Of an item that describes the picture in words: XMP, and whatever else has a media type. */
const isMime = ({ type }: AvifItem): boolean => type === 'mime'
const isExif = ({ type }: AvifItem): boolean => type === 'Exif'

/** Boxes of the file itself that hold what their writers like: XMP, provenance, notes. */
const PRIVATE_BOXES = new Set(['uuid', 'udta', 'jumb', 'xml '])

/** Where the TIFF header begins, counted from behind these four bytes, and a header without entries (ISO/IEC 23008-12, A.2.1; TIFF 6.0, 2). */
const NO_EXIF = Buffer.from('00000000' + '4d4d002a00000008' + '0000' + '00000000', 'hex')
const NO_XMP = Buffer.from('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>', 'latin1')

/**
 * An AVIF without EXIF, XMP and other descriptions. Everything stays at its place: their bytes are written over, so that no offset in the file
 * changes, and no pixel. Which way is up is told by properties of the picture (`irot`, `imir`), not by EXIF.
 *
 * @returns the bytes themselves when there is nothing to take out; nothing for a file that does not follow its format, for sequences, and where a
 *   description shares bytes with a picture
 */
export function cleanAvif(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return clean(bytes)
  } catch (error) {
    if (error instanceof BmffError) return undefined
    throw error
  }
}

function clean(bytes: Uint8Array): Uint8Array | undefined {
  const boxes = new BmffReader(bytes, 0, bytes.byteLength).boxes()
  const metas = boxes.filter(({ type }) => type === 'meta')
  const [meta] = metas
  // Tracks have descriptions of their own.
  if (!meta || metas.length > 1 || boxes.some(({ type }) => type === 'moov')) return undefined
  const items = avifItems(bytes, meta)
  const described = items.filter((item) => isExif(item) || isMime(item))
  const notes = boxes.filter(({ type }) => PRIVATE_BOXES.has(type))
  if (described.length === 0 && notes.length === 0) return bytes
  const pictures = items.filter((item) => !described.includes(item)).flatMap(({ extents }) => extents)
  const cleaned = Buffer.from(bytes)
  for (const item of described) {
    if (item.extents.some((extent) => !isAlone(extent, pictures, bytes.byteLength))) return undefined
    writeOver(cleaned, item)
  }
  for (const { start, content, end } of notes) {
    cleaned.write('free', start + 4, 'latin1')
    cleaned.fill(0, content, end)
  }
  return cleaned
}

/** A length of 0 means the rest of the file (ISO/IEC 14496-12, 8.11.3.1), pictures and all. */
function isAlone({ start, end }: Extent, pictures: readonly Extent[], size: number): boolean {
  if (end <= start || end > size) return false
  return pictures.every((picture) => picture.end > picture.start && (picture.end <= start || picture.start >= end))
}

function writeOver(bytes: Buffer, item: AvifItem): void {
  const [instead, rest] = isExif(item) ? [NO_EXIF, 0] : [xmpInstead(item), 0x20]
  for (const { start, end } of item.extents) bytes.fill(rest, start, end)
  const [first] = item.extents
  if (first && first.end - first.start >= instead.byteLength) instead.copy(bytes, first.start)
}

function xmpInstead({ mediaType }: AvifItem): Buffer {
  return mediaType === 'application/rdf+xml' ? NO_XMP : Buffer.alloc(0)
}
