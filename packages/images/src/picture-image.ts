/** What `import photo from './photo.jpg?picture'` gives, and `<Picture>` shows. Plain data, so that it passes through JSON and props. */
export interface PictureImage {
  /** The file for browsers that know none of the formats in `sources`, and the one to link to. */
  readonly src: string
  /** Of the widest file, in pixels. Browsers keep the place of a picture free by their ratio. 0 where a bad file that is served as it is does not say. */
  readonly width: number
  readonly height: number
  /** Best format first. Empty for an SVG. */
  readonly sources: readonly PictureSource[]
  /** A thumbhash in base64, or a colour as `#rrggbb`. */
  readonly placeholder?: string
}

/** The attributes of a `<source>`. */
export interface PictureSource {
  /** Media type, such as `image/avif`. */
  readonly type: string
  /** With width descriptors, narrow to wide: `/assets/a.avif 480w, /assets/b.avif 960w`. */
  readonly srcset: string
}
