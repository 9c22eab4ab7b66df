import { imageFormats, type RasterFormat } from '../encode/image-format.ts'
import { cleanOriginal } from '../encode/metadata/clean-original.ts'
import type { ImageLibrary } from '../image-library.ts'

/** A file that lies beside a public one, for servers that choose by `Accept`. */
export interface PublicSibling {
  /** What its name has behind that of the original: `.avif` beside `photo.jpg` is `photo.jpg.avif`. */
  readonly extension: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

export interface PublicSiblings {
  readonly format: RasterFormat
  readonly width: number
  /** Best format first. Each is smaller than the original and than the ones behind it. */
  readonly files: readonly PublicSibling[]
  /** The original to the pixel, without private metadata, where it has some that can be taken out. */
  readonly cleaned?: Uint8Array
}

/**
 * What lies beside a public picture: the same in better formats. The file itself keeps its pixels and the name that people
 * and crawlers know.
 *
 * @param file absolute path in the public folder
 * @returns nothing for what is no picture, or is excluded
 */
export async function publicSiblings(library: ImageLibrary, file: string): Promise<PublicSiblings | undefined> {
  const use = { file }
  const image = await library.open(use)
  if (image?.kind !== 'picture') return undefined
  const set = await library.filesOf(image, use, 'siblings')
  if (!set) return undefined
  const { format, width } = image.source
  const original = image.source.size
  const files = set.sources.flatMap((source): PublicSibling[] => {
    const [one] = source.files
    // What stands in for a better format is the sibling of another format already.
    if (one.format !== source.format || one.format === format || one.size >= original) return []
    const { mediaType, extensions } = imageFormats[one.format]
    return one.format === 'avif' || one.format === 'webp'
      ? [{ extension: extensions[0], mediaType, bytes: one.bytes }]
      : []
  })
  const cleaned = image.source.hasMetadata ? cleanOriginal(image.source) : undefined
  return { format, width, files, ...(cleaned && { cleaned }) }
}
