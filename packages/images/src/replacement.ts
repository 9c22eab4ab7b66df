/** Files of one MIME type, the same picture in one width or in several. */
export interface TypedFiles {
  /** MIME type, such as `image/avif`. */
  readonly type: string
  /** By width, the smallest first. */
  readonly files: readonly SizedFile[]
}

export interface SizedFile {
  /** As it is to be written in the place of the original's URL. */
  readonly url: string
  /** Pixels. */
  readonly width: number
}

/** What takes the place of a reference to an image in HTML or CSS. */
export interface Replacement {
  /** The format that every browser shows, one file per width; the one of the largest width stands for the original. */
  readonly fallback: TypedFiles
  /** Better formats, the best first; empty when none was smaller than the fallback. */
  readonly sources: readonly TypedFiles[]
  /** Whether the URLs in `sources` are those of the finished site, which Vite must not look for among the sources. */
  readonly isFinal?: boolean
  /** Absolute paths of the originals: a build that watches starts anew when one changes. */
  readonly files?: readonly string[]
}

/**
 * Which widths a place can make use of: `own` is that of the file alone, as where nothing says how wide the picture is shown; `all` are
 * those of the options.
 */
export type Widths = 'own' | 'all'

/** Finds what takes the place of a URL as it is written; nothing for those that are not ours (other hosts, data, missing, excluded). */
export type FindReplacement = (url: string, widths: Widths) => Promise<Replacement | undefined>

/** The file of the largest width. */
export function largest({ files }: TypedFiles): SizedFile {
  const last = files.at(-1)
  if (last === undefined) throw new TypeError('a replacement has no files')
  return last
}
