import { imageFormats } from './encode/image-format.ts'
import type { ImageFile, ImageSet } from './encode/make-image-set.ts'
import type { PictureImage } from './picture-image.ts'

/**
 * What a page needs to show a picture.
 *
 * @param urlOf where a file is served
 */
export function pictureOf(
  { sources, fallback, placeholder }: ImageSet,
  urlOf: (file: ImageFile) => string,
): PictureImage {
  const candidate = (file: ImageFile): string => `${inSrcset(urlOf(file))} ${file.width}w`
  // The last format needs no source of its own where `src` is all there is of it.
  const listed = sources.filter(({ files }, at) => at < sources.length - 1 || files.length > 1)
  return {
    src: urlOf(fallback),
    width: fallback.width,
    height: fallback.height,
    sources: listed.map(({ format, files }) => ({
      type: imageFormats[format].mediaType,
      srcset: files.map(candidate).join(', '),
    })),
    ...(placeholder === undefined ? {} : { placeholder }),
  }
}

/** Spaces and commas end a URL in a `srcset` (HTML, 4.8.4.2.1). */
function inSrcset(url: string): string {
  return url.replaceAll(' ', '%20').replaceAll(',', '%2C')
}
