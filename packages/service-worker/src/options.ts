import type { RuntimeCaching } from './runtime-caching.ts'

/** What is stored when the worker is installed. */
export type PrecacheScope = 'shell' | 'routes' | 'all'

/** The routes that most visits begin on. */
export interface MostVisited {
  /** How many. */
  readonly mostVisited: number
  /** Route → weight: the record of `chunks.weights`, which `paceline visits` writes. Routes without a weight of their own are not chosen. */
  readonly visits: Readonly<Record<string, number>>
}

export interface PrecacheOptions {
  /**
   * `shell`: the page and what it loads at once. `routes`: also what the routes load. `all`: every file of the output.
   *
   * @default 'shell'; with {@link PrecacheOptions.routes} `'routes'`
   */
  readonly from?: PrecacheScope | undefined
  /**
   * The routes that count for `routes`: their paths as the report calls them, or those that most visits begin on.
   *
   * @default all of them
   */
  readonly routes?: readonly string[] | MostVisited | undefined
  /** Globs of files to store besides, relative to the output directory. @default nothing */
  readonly include?: readonly string[] | undefined
  /** Globs of files not to store, whatever the rest says. @default nothing */
  readonly exclude?: readonly string[] | undefined
  /**
   * Pixels. Of a picture in several widths the nearest one is stored, and answers for the others while they cannot be had; `include` names what is
   * stored besides. `all`: every width.
   *
   * @default 824, a phone's 412 at twice the density
   */
  readonly pictureWidth?: number | 'all' | undefined
}

/** How many answers are kept, and for how long. */
export interface LimitOptions {
  readonly maxEntries?: number | undefined
  readonly maxAgeSeconds?: number | undefined
}

export interface ApiOptions extends LimitOptions {
  /** Paths of the API. @default /^\/api\// */
  readonly match?: RegExp | undefined
  /** An answer from the cache is given when the network takes longer. @default 5 */
  readonly timeoutSeconds?: number | undefined
}

export interface StrategiesOptions {
  /** Hashed files of the build: cache first. @default { maxEntries: 500, maxAgeSeconds: 30 days } */
  readonly assets?: LimitOptions | false | undefined
  /** Other pictures of the same origin: from the cache, and renewed. @default { maxEntries: 100, maxAgeSeconds: 7 days } */
  readonly images?: LimitOptions | false | undefined
  /** Pages that are not in the precache: from the cache, and renewed. @default { maxEntries: 50, maxAgeSeconds: 7 days } */
  readonly pages?: LimitOptions | false | undefined
  /** `GET`s of the API: network first. @default { maxEntries: 100, maxAgeSeconds: 1 day } */
  readonly api?: ApiOptions | false | undefined
}

export interface BackgroundSyncOptions {
  /** Paths whose POST, PUT, PATCH and DELETE are kept when they cannot be sent. @default /^\/api\// */
  readonly match?: RegExp | undefined
  /** Minutes after which they are given up. @default 1440 */
  readonly maxAgeMinutes?: number | undefined
}

/** The web app manifest, for apps that are installed. */
export interface ManifestOptions {
  readonly name: string
  /** The picture that all icons are made of, relative to the Vite root: an SVG, or at least 512 × 512 pixels. Needs sharp. */
  readonly icon: string
  /** Below the icon on a home screen. @default the name */
  readonly shortName?: string | undefined
  readonly description?: string | undefined
  /** Of the texts here, as BCP 47 has it. */
  readonly lang?: string | undefined
  /** @default 'standalone' */
  readonly display?: 'standalone' | 'fullscreen' | 'minimal-ui' | 'browser' | undefined
  /** What is opened first, relative to the folder of the app. @default './' */
  readonly startUrl?: string | undefined
  /** Of the system's bars. Pages get it, too. @default none */
  readonly themeColor?: string | undefined
  /** Of the screen while the app starts, and below icons that must not be transparent. @default '#ffffff' */
  readonly backgroundColor?: string | undefined
  /** Further fields as the manifest has them: `shortcuts`, `screenshots`, … @default {} */
  readonly more?: Readonly<Record<string, unknown>> | undefined
}

/** Options of the service worker (`serviceWorker` in `paceline()`). */
export interface ServiceWorkerOptions {
  /**
   * `generateSW` makes the worker; `injectManifest` builds yours and puts the list of files in place of `self.__WB_MANIFEST`.
   *
   * @default 'generateSW'
   */
  readonly strategy?: 'generateSW' | 'injectManifest' | undefined
  /** Your worker, relative to the Vite root, for `injectManifest`. @default 'src/sw.ts' */
  readonly source?: string | undefined
  /** Name of the worker in the output directory. It must never change: browsers go on asking for the old one. @default 'sw.js' */
  readonly filename?: string | undefined
  /** @default 'classic' */
  readonly type?: 'classic' | 'module' | undefined
  /**
   * Puts the runtime into the worker. Apart from it, it stays the same from release to release, and an update downloads only the list of files.
   *
   * @default false; a worker of type `module` is always one file
   */
  readonly inlineRuntime?: boolean | undefined
  /** @default 'shell' */
  readonly precache?: PrecacheScope | PrecacheOptions | undefined
  /**
   * The page that answers navigations of a single-page app; `false`: none does.
   *
   * @default 'index.html', where `appType` is `spa` and it is the only page
   */
  readonly shell?: string | false | undefined
  /** Paths, with their query, whose navigations are left to the network. @default [/^\/api\//, /^\/__/] */
  readonly deny?: readonly RegExp[] | undefined
  /** The page shown when one can be had neither from the network nor from a cache, relative to the output directory. @default none */
  readonly offline?: string | undefined
  /**
   * `prompt` tells the visitor that a new release is there. `auto` reloads when nothing typed is lost, nothing is being sent and nobody looks.
   *
   * @default 'prompt'
   */
  readonly update?: 'prompt' | 'auto' | undefined
  /** Minutes between looks for a new release; 0: only the browser's own, at navigations. @default 60 */
  readonly checkEveryMinutes?: number | undefined
  /** Adds the registration to every page. `false`: the app calls `registerServiceWorker()`. @default true */
  readonly register?: boolean | undefined
  /** Whether the first worker takes over the page that brought it. @default true */
  readonly claim?: boolean | undefined
  /** Downloads at a time while the worker is installed; at most five on 3G, two where it is slower or data is saved. @default 6 */
  readonly concurrency?: number | undefined
  /** `false` for pages that the server changes, by a nonce for example: they are told by {@link ServiceWorkerOptions.pageMarker} instead of being compared. @default true */
  readonly verifyHtml?: boolean | undefined
  /**
   * What every page of the app has, and a captive portal's has not. Pages that are not compared with the build are stored only by it.
   *
   * @default the address of a script or a style of the build
   */
  readonly pageMarker?: RegExp | undefined
  /** What is cached when it is asked for; `false` turns one off. */
  readonly strategies?: StrategiesOptions | undefined
  /** Workbox's own `runtimeCaching`. These routes come before the default ones. @default [] */
  readonly runtimeCaching?: readonly RuntimeCaching[] | undefined
  /** Keeps changes that could not be sent, and sends them later. @default false */
  readonly backgroundSync?: boolean | BackgroundSyncOptions | undefined
  /** Shows what is pushed. @default false */
  readonly push?: boolean | undefined
  /** Writes a web app manifest with its icons, and names them in every page. @default none */
  readonly manifest?: ManifestOptions | undefined
  /** Writes a worker that removes itself and its caches: the way back. @default false */
  readonly selfDestroying?: boolean | undefined
  /** Serves and registers a worker in the dev server, too. It stores nothing beforehand. @default false */
  readonly dev?: boolean | undefined
}
