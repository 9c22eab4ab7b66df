/** What a file that cannot be optimised does. */
export type OnImageError = 'error' | 'warn'

/** Bounds on what is read and decoded. A file over one of them is an error, before it is decoded. */
export interface ImageLimitsOptions {
  /**
   * Pixels of one picture, the frames of an animation together.
   *
   * @default 64_000_000, which cameras stay below (8,000 × 8,000)
   */
  readonly pixels?: number | undefined
  /**
   * Size of one file: bytes, or a text such as `'20 MB'`.
   *
   * @default '64 MB'
   */
  readonly bytes?: number | string | undefined
  /**
   * Memory that work on one picture may take: bytes, or a text such as `'1 GB'`. One that cannot be read within it is an error; a format that cannot
   * be written within it is left out, with a warning.
   *
   * @default '512 MB'
   */
  readonly memory?: number | string | undefined
}

/** Options of images (`images` in `paceline()`). `undefined` means the default, `false` means off. */
export interface ImagesOptions {
  /**
   * Formats to make of every picture; their order does not count. A browser takes the best one that it knows. AVIF costs most of the time and
   * saves most of the bytes.
   *
   * @default ['avif', 'webp']
   */
  readonly formats?: readonly ('avif' | 'webp')[] | undefined
  /**
   * Widths in pixels. A picture is never made wider than it is: its own width takes the place of all that are.
   *
   * @default [480, 960, 1600]
   */
  readonly widths?: readonly number[] | undefined
  /**
   * A score that every file must reach with the fewest bytes (SSIMULACRA 2: 70 is high quality, 80 very high, 90 visually lossless), or one
   * number for all: the quality of a JPEG, 1 to 100, which AVIF and WebP files usually look as good as. The search takes two to three
   * encodes in place of one.
   *
   * @default { target: 80 }
   */
  readonly quality?: number | { readonly target: number } | undefined
  /**
   * Whether there is a JPEG or PNG beside the formats, for browsers that know none of them (some 2 % in 2026). Without it `src` is of the last
   * format.
   *
   * @default true
   */
  readonly fallback?: boolean | undefined
  /**
   * What `<Picture>` shows until the picture is there: a blurred picture of about 30 bytes in the bundle, the dominant colour, or nothing.
   *
   * @default 'thumbhash'
   */
  readonly placeholder?: 'thumbhash' | 'color' | false | undefined
  /**
   * Whether SVG files are written shorter. They draw the same, and are compared.
   *
   * @default true
   */
  readonly svg?: boolean | undefined
  /**
   * Globs over the files to optimise, relative to the Vite root.
   *
   * @default every file
   */
  readonly include?: readonly string[] | undefined
  /**
   * Globs over the files to leave alone, relative to the Vite root.
   *
   * @default []
   * @example ['public/og/**']
   */
  readonly exclude?: readonly string[] | undefined
  /**
   * What a damaged, misnamed, missing, unsafe or unsupported file does: fail the build, or be served as it is, with a warning and a line in
   * the report.
   *
   * @default 'error'
   */
  readonly onError?: OnImageError | undefined
  readonly limits?: ImageLimitsOptions | undefined
}
