/**
 * What a server has to know of a build to deliver it: every file that may be asked for with its headers, its encodings, its formats and its
 * deltas. It is written to `.paceline/delivery/manifest.json`; whatever delivers (our server, configs for others, `doctor`) reads this and
 * nothing else. Paths are relative to the output directory, with `/`.
 */
export interface DeliveryManifest {
  readonly schemaVersion: 1
  /** Of the report. */
  readonly release: string
  /** `base` of the Vite config: where the app is mounted, `/` or `/app/`; `''` and `./` are `/`. */
  readonly base: string
  /** Headers by the name of the policy that a file has. Names of headers are lower case; `content-type` is a file's own. */
  readonly policies: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Sorted by name. Siblings, other formats and deltas are not files of their own. */
  readonly files: readonly DeliveredFile[]
  /** Pages: what a navigation gets. The first pattern that matches counts. */
  readonly documents: readonly DeliveredDocument[]
  /** The file that navigations to nothing in particular get, with 200: the shell of a single-page app. Absent in apps of several pages. */
  readonly fallback?: string
  /** The file that is sent with a 404. Absent: a line of text. */
  readonly notFound?: string
}

export interface DeliveredFile {
  readonly file: string
  /** `content-type`, with the charset where it is text. */
  readonly type: string
  readonly bytes: number
  /** SHA-256 of the content, 64 hex digits: its strong ETag, and what a browser names it by as a dictionary (RFC 9842). */
  readonly sha256: string
  /** Key of {@link DeliveryManifest.policies}. */
  readonly policy: string
  /** Whether the name changes with the content. */
  readonly hashed: boolean
  /** Whether it is only here for open tabs of earlier releases, out of the archive. */
  readonly archived?: true
  /** Smallest first. */
  readonly encodings?: readonly DeliveredEncoding[]
  /** Pictures in other formats, to choose from by `Accept`. Smallest first. */
  readonly formats?: readonly DeliveredFormat[]
  /** Against files of earlier releases. */
  readonly deltas?: readonly DeliveredDelta[]
  /** URLs that a browser shall use this file as a dictionary for: value of `match` in `Use-As-Dictionary`, a URL pattern. */
  readonly dictionaryFor?: string
}

export interface DeliveredEncoding {
  /** As `Content-Encoding` says it. */
  readonly encoding: 'br' | 'gzip' | 'zstd'
  readonly file: string
  readonly bytes: number
}

export interface DeliveredFormat {
  /** As `Accept` says it. */
  readonly type: string
  readonly file: string
  readonly bytes: number
}

export interface DeliveredDelta {
  readonly encoding: 'dcb' | 'dcz'
  /** SHA-256 of the dictionary, 64 hex digits. */
  readonly dictionary: string
  /** `<file>.<first 16 hex digits of the dictionary's hash>.<encoding>` */
  readonly file: string
  readonly bytes: number
}

export interface DeliveredDocument {
  /** A path pattern as routers write it, `/notes/:noteId`, with the base in front; `*` at the end takes the rest. */
  readonly pattern: string
  readonly file: string
  /** Values of `Link` headers, for 103 Early Hints and for the answer: what this page loads first. */
  readonly links: readonly string[]
  /** Path of a file with speculation rules, for the header of that name. */
  readonly speculationRules?: string
}
