/** A picture in several formats and widths. */
export interface PictureVariants {
  /** Its source: the same picture, the same name. */
  readonly file: string
  readonly variants: readonly { readonly format: string; readonly width: number; readonly file?: string }[]
}

/** What a file is among those of a picture. */
export interface PictureFile {
  readonly group: string
  readonly format: 'avif' | 'webp' | 'other'
  /** Pixels. */
  readonly width: number
}

/** The files of pictures that come in more than one format or width: a browser stores one of them. */
export function groupPictures(pictures: readonly PictureVariants[]): Map<string, PictureFile> {
  const groups = new Map<string, PictureFile>()
  for (const { file: source, variants } of pictures) {
    if (variants.filter(({ file }) => file !== undefined).length < 2) continue
    for (const { format, width, file } of variants) {
      if (file === undefined) continue
      groups.set(file, { group: source, format: format === 'avif' || format === 'webp' ? format : 'other', width })
    }
  }
  return groups
}

/**
 * Leaves of every picture one width in each format: the one nearest to what is wanted, as a ratio. A picture is the same in every width; nobody needs
 * them all.
 *
 * @param isWanted files that are left in whatever their width
 */
export function oneWidth(
  files: readonly string[],
  pictures: ReadonlyMap<string, PictureFile>,
  wanted: number,
  isWanted: (file: string) => boolean,
): string[] {
  const distance = ({ width }: PictureFile): number => Math.abs(Math.log(width / wanted))
  const best = new Map<string, string>()
  const keyOf = ({ group, format }: PictureFile): string => `${format} ${group}`
  for (const file of files) {
    const picture = pictures.get(file)
    if (!picture) continue
    const known = pictures.get(best.get(keyOf(picture)) ?? '')
    if (!known || distance(picture) < distance(known)) best.set(keyOf(picture), file)
  }
  return files.filter((file) => {
    const picture = pictures.get(file)
    return !picture || best.get(keyOf(picture)) === file || isWanted(file)
  })
}
