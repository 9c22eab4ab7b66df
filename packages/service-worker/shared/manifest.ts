/** One file that is stored when the worker is installed. */
export interface PrecacheEntry {
  /** Relative to the scope, or on a CDN. */
  readonly url: string
  /** The first 64 bits of the content's SHA-256, in base64url. */
  readonly digest: string
  readonly bytes: number
  /** The name changes with the content. */
  readonly isHashed: boolean
  /** The app works without it: a picture, a font. The worker is installed all the same when it cannot be had. */
  readonly optional?: true
  /** All files of a picture have one group: only the best format that the browser reads is stored, and answers for the others offline. */
  readonly group?: string
  readonly format?: 'avif' | 'webp' | 'other'
}

/** A hashed file of the build that is stored when it is first asked for. */
export type LaterFile = Pick<PrecacheEntry, 'url' | 'digest' | 'group' | 'format'>

/** How many, and how long. */
export interface CacheLimits {
  readonly maxEntries: number
  readonly maxAgeSeconds: number
}

/** What the generated worker is started with. */
export interface WorkerSettings {
  /** Same files and same options, same 12 hex digits. */
  readonly release: string
  /** Files of the precache, and hashed ones that are stored when they are first asked for, as `writeFileList` writes them. */
  readonly files: string
  /** The page that answers navigations to nothing in particular: the shell of a single-page app. */
  readonly shell?: string | undefined
  /** Pages beside the shell that are not the app's, as `writeDocuments` writes them. */
  readonly documents?: string | undefined
  /** Shown when a page can be had neither from the network nor from a cache. */
  readonly offline?: string | undefined
  /** Paths of navigations that are left to the network. */
  readonly deny: readonly RegExp[]
  readonly concurrency: number
  readonly verifyHtml: boolean
  /** What every page of the app has; nothing: the address of a script or a style of the build. */
  readonly pageMarker?: RegExp | undefined
  readonly claim: boolean
  readonly assets: CacheLimits | false
  readonly images: CacheLimits | false
  readonly pages: CacheLimits | false
  readonly api: (CacheLimits & { readonly match: RegExp; readonly timeoutSeconds: number }) | false
  readonly backgroundSync: { readonly match: RegExp; readonly maxAgeMinutes: number } | false
}
