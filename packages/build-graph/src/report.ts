import type { ResolvedSla } from '@paceline/kit'

/**
 * The report of one build: the contract between the build, the budgets, the lab and the field.
 * All sizes are bytes. File and chunk paths are relative to the output directory, module ids to the Vite root, both
 * with `/`. See `docs/report.md`.
 */
export interface BuildReport {
  readonly schemaVersion: 1
  /** 12 hex digits of the SHA-256 over every emitted file's name and content: same output, same release. */
  readonly release: string
  readonly files: readonly FileEntry[]
  readonly chunks: readonly ChunkEntry[]
  readonly routes: readonly RouteEntry[]
  readonly packages: readonly PackageEntry[]
  readonly budgets: readonly BudgetResult[]
  readonly rules: readonly RuleResult[]
  /** The imports as written, so that `why` and `diff` can explain a report without the sources. */
  readonly modules: readonly ModuleEntry[]
  /** What compression did with every file. Absent where nothing compresses. */
  readonly ledger?: readonly CompressedFile[]
  /** What the artifact cache did for this build. Absent where there is none. */
  readonly cache?: CacheReport
  /** What became of every image. Absent where images are not optimised. */
  readonly images?: ImagesReport
  /** What the service worker stores. Absent where there is none. */
  readonly serviceWorker?: ServiceWorkerReport
  /** What returning visitors download, and what is kept of earlier releases. Absent where nothing is delivered. */
  readonly delivery?: DeliveryReport
  /** What is promised to users, with the defaults. Absent without the umbrella. */
  readonly sla?: ResolvedSla
  /** What measures in its pages. Absent where nothing does. */
  readonly vitals?: VitalsReport
}

/** The build beside the releases before it. All bytes are those of files in brotli, or of deltas. */
export interface DeliveryReport {
  /** This release first, then those of the archive, newest first. */
  readonly releases: readonly DeliveredRelease[]
  readonly routes: readonly ReturningVisits[]
  /** Files with hashed names that the release before has in another form. */
  readonly changes: readonly ChangedFile[]
  readonly deltas: {
    readonly kept: number
    readonly keptBytes: number
    /** Made, and no use: brotli is hardly larger. */
    readonly dropped: number
    readonly droppedBytes: number
  }
  /** What is in the output and is no file of this release: files of earlier ones, deltas, the list of releases. */
  readonly besides: readonly string[]
}

export interface DeliveredRelease {
  readonly release: string
  /** ISO 8601. Absent for the release of this report, which is the same whenever it is built. */
  readonly createdAt?: string
  /** Hashed files, and what they take without compression. */
  readonly files: number
  readonly bytes: number
}

/** What somebody who lands on a route downloads, the page itself not counted. */
export interface ReturningVisits {
  /** Of the route. */
  readonly id: string
  /** Somebody who was never here. */
  readonly new: number
  /** Somebody who was last here, on this route, in an earlier release. */
  readonly returning: readonly {
    readonly release: string
    /** In browsers without compression dictionaries. */
    readonly brotli: number
    /** In browsers with them. */
    readonly deltas: number
  }[]
}

export interface ChangedFile {
  readonly file: string
  /** What the release before called it. */
  readonly was: string
  /**
   * `own code`: modules of the app. `dependency`: only modules of packages. `cascade`: only the names of other files in it. `unknown`: the same
   * modules came out differently, or nothing is known of the release before.
   */
  readonly cause: 'own code' | 'cascade' | 'dependency' | 'unknown'
  /** Modules, packages, or files whose names changed. */
  readonly by: readonly string[]
  readonly brotli: number
  /** The smallest delta against the release before. Absent where there is none. */
  readonly delta?: number
}

/** The script that measures in the pages of a build, and what its beacons refer to. */
export interface VitalsReport {
  /**
   * What beacons of these pages say as their `release`: 12 hex digits over the names and contents of what was bundled. A page cannot know the
   * release itself, which is a hash over all files, the page included.
   */
  readonly build: string
  readonly file: string
  /** `sha384-…`: of the tag. A Content-Security-Policy may allow the script by it. */
  readonly integrity: string
  /** Paths of the routes: the place in the list is the number that beacons have. */
  readonly routes: readonly string[]
}

/** What became of one file of the output when it was compressed. */
export interface CompressedFile {
  readonly file: string
  /** `exempt`: of a type, or by an option, that is not compressed. */
  readonly status: 'compressed' | 'skipped' | 'exempt'
  /** Why it is not compressed. */
  readonly why?: 'below the threshold' | 'not smaller' | 'not included'
  readonly bytes: number
  /** Siblings with their bytes. Each decodes to the file: a build where one does not fails. */
  readonly siblings?: readonly { readonly file: string; readonly bytes: number }[]
  /** Encodings in which the file would not be smaller. */
  readonly notSmaller?: readonly string[]
}

/** What the artifact cache did for one build. */
export interface CacheReport {
  /** Near to far. */
  readonly tiers: readonly CacheTierReport[]
  /** Results that were made anew, by kind, and how long that took in all. */
  readonly made: Readonly<Record<string, { readonly count: number; readonly ms: number }>>
  /** Requests that shared the work of another one at the same time. */
  readonly shared: number
}

export interface CacheTierReport {
  readonly tier: 'disk' | 'redis' | 'memory'
  readonly kinds: Readonly<Record<string, CacheCounts>>
  readonly total: CacheCounts
  /** Writes in the background that failed or were not taken. */
  readonly failedWrites: number
  /** Why the tier is out of order, when it is. */
  readonly reason?: string
}

export interface CacheCounts {
  readonly hits: number
  readonly misses: number
  readonly bytesRead: number
  readonly writes: number
  readonly bytesWritten: number
  /** Milliseconds of work that hits saved. */
  readonly savedMs: number
  readonly errors: number
  readonly damaged: number
}

/** What became of the images of a build. */
export interface ImagesReport {
  /** By source file. */
  readonly files: readonly ReportedImage[]
  /** Images of the app that nothing in the build names, relative to the Vite root. */
  readonly unused: readonly { readonly file: string; readonly bytes: number }[]
}

export interface ReportedImage {
  /** Relative to the Vite root. */
  readonly file: string
  /** Of the source. */
  readonly bytes: number
  /** Modules, pages and stylesheets that name it; empty for public files that no page names. */
  readonly usedIn: readonly string[]
  /** What was made of it, by format and width. */
  readonly variants: readonly ReportedVariant[]
  /** Bytes of its placeholder in the bundle. */
  readonly placeholder?: number
  /** Why it is served as it is. */
  readonly problem?: string
}

export interface ReportedVariant {
  readonly format: 'avif' | 'webp' | 'jpeg' | 'png' | 'gif' | 'svg'
  /** Pixels. */
  readonly width: number
  readonly bytes: number
  /** SSIMULACRA 2 against the scaled source, where it was measured. */
  readonly score?: number
  /** The encoder's setting. */
  readonly quality?: number
  /** In the output; absent when it is inlined, or when a smaller file took its place. */
  readonly file?: string
}

/** The service worker of a build. */
export interface ServiceWorkerReport {
  /** Relative to the output directory. */
  readonly file: string
  readonly strategy: 'generateSW' | 'injectManifest'
  /** What a browser that reads the best formats stores when the worker is installed. */
  readonly precache: {
    readonly files: number
    /** Not compressed. */
    readonly bytes: number
    /** Biggest first. */
    readonly entries: readonly { readonly file: string; readonly bytes: number }[]
  }
}

export type FileKind = 'js' | 'css' | 'html' | 'image' | 'font' | 'wasm' | 'other'

/** One thing in every form it is measured in. `gzip` is level 9, `brotli` quality 11, `zstd` level 19. */
export interface Sizes {
  readonly raw: number
  readonly gzip: number
  readonly brotli: number
}

/** Sizes of a whole file; zstd is known for files, not for the modules inside one. */
export interface FileSizes extends Sizes {
  readonly zstd: number
}

/** A file the browser may ask for. Source maps and `.br`/`.gz`/`.zst` siblings are not files of their own. */
export interface FileEntry extends FileSizes {
  readonly file: string
  readonly kind: FileKind
  /** First 16 hex digits of the SHA-256 of the content. */
  readonly hash: string
  /** Name of the chunk it belongs to, for JS and CSS made from modules. */
  readonly chunk?: string
}

/**
 * A JS or CSS file made from modules. The modules' sizes add up to the file's, exactly: what no module wrote is
 * listed under the ids of {@link BUNDLER_ID} and {@link CONTAINER_ID}.
 */
export interface ChunkEntry {
  readonly name: string
  readonly file: string
  readonly kind: 'js' | 'css'
  readonly entry: boolean
  /** The module whose `import()` or whose entry this chunk answers, when there is one. */
  readonly facade?: string
  readonly modules: readonly ModuleShare[]
  /** Files of the chunks it imports statically. */
  readonly imports: readonly string[]
  /** Files of the chunks it imports with `import()`. */
  readonly dynamicImports: readonly string[]
  /** CSS files that Vite loads together with this chunk. */
  readonly css: readonly string[]
  /** Images, fonts and other files that the chunk refers to by URL. */
  readonly assets: readonly string[]
}

/** A module's part of one file. */
export interface ModuleShare extends Sizes {
  readonly id: string
}

/** Bytes that the bundler adds and no module wrote: import and export statements, the table of preloads. */
export const BUNDLER_ID = '[bundler]'
/** Bytes of the compressed container around the data: headers, checksums, padding. Zero in raw. */
export const CONTAINER_ID = '[container]'

/** What a visitor downloads, and how long the chain of requests is. Without the HTML document itself. */
export interface Load extends FileSizes {
  /** Requests for the files below. */
  readonly requests: number
  /** Length of the request waterfall: 1 = everything is known from the HTML, 2 = some of it only after the entry ran. */
  readonly depth: number
  readonly byKind: Readonly<Partial<Record<FileKind, FileSizes & { readonly requests: number }>>>
  readonly files: readonly string[]
}

/** A way into the app: the entry itself, or a page behind `React.lazy` or a route table. */
export interface RouteEntry {
  /** The path when one is known, else the module. */
  readonly id: string
  /** The module that holds the page. */
  readonly module: string
  /** URL path pattern, e.g. `/projects/:id`. */
  readonly path?: string
  /**
   * Lazy layouts around the page, outermost first. Their files are part of both loads. Absent, and not counted, for an `import()` that no
   * route table names: it may be no page at all. `buildGraph.routes` says what it is, and what is loaded with it.
   */
  readonly layouts?: readonly string[]
  /** Lazy modules that the page always loads besides, as `buildGraph.routes` says. Their files are part of both loads. */
  readonly parts?: readonly string[]
  /** What somebody who lands here downloads: the entry's closure and the route's. */
  readonly firstLoad: Load
  /** What somebody who is already inside the app downloads: the route's closure without the entry's. */
  readonly navigation: Load
}

export interface PackageEntry extends Sizes {
  readonly name: string
  readonly version: string
  /** All versions and places of the same package, when there is more than one. */
  readonly duplicates?: readonly { readonly version: string; readonly path: string }[]
}

/** A module of the client graph and what it imports. */
export interface ModuleEntry {
  readonly id: string
  /** `name` of the package it belongs to; absent for the app's own code. */
  readonly package?: string
  readonly entry?: true
  readonly imports: readonly ModuleImport[]
}

export interface ModuleImport {
  /** Index into {@link BuildReport.modules}. */
  readonly to: number
  readonly kind: 'static' | 'dynamic'
  /** Line of the statement in the source file, 1-based; absent where the source is not a file on disk. */
  readonly line?: number
}

/** One import of a chain, written `importer:line → importee`. */
export interface ChainStep {
  readonly importer: string
  readonly line?: number
  readonly importee: string
}

export type BudgetKind =
  | 'initial'
  | 'css'
  | 'fonts'
  | 'images'
  | 'route'
  | 'chunk'
  | 'package'
  | 'files'
  | 'total'
  | 'precache'
  | 'size-limit'
  | 'growth'
  | 'coverage'

export type BudgetStatus = 'pass' | 'warn' | 'fail' | 'exempt'

export interface BudgetResult {
  /** What people call it, unique in a report: `initial`, `route /editor firstLoad`, the `name` of a size-limit entry. */
  readonly name: string
  readonly kind: BudgetKind
  /** What was measured: a route, a chunk, a package, a glob, a file. */
  readonly subject: string
  readonly limit: number
  readonly actual: number
  readonly unit: 'bytes' | 'requests' | 'depth' | 'percent'
  readonly encoding: 'raw' | 'gzip' | 'brotli' | 'zstd'
  readonly status: BudgetStatus
  readonly explain?: Explanation
}

/** Why a budget is overrun and what would help. */
export interface Explanation {
  /** `actual − limit`, in the unit of the budget. */
  readonly over: number
  readonly files: readonly { readonly file: string; readonly size: number }[]
  /** Heaviest first, in the budget's encoding. */
  readonly packages: readonly { readonly name: string; readonly size: number }[]
  readonly modules: readonly { readonly id: string; readonly size: number }[]
  /** Against a baseline: what grew or came in, biggest first. `size` is the growth; `before` is 0 for what is new. */
  readonly grew?: readonly { readonly id: string; readonly size: number; readonly before: number }[]
  /** How the weight got in. */
  readonly chains: readonly ImportChain[]
}

export interface ImportChain {
  /** Package or module that the chain ends in. */
  readonly subject: string
  /** Shortest chain from an entry; the last step is the import that brings the subject in. */
  readonly steps: readonly ChainStep[]
  /** What the load loses when the last app-owned import of the chain is removed: everything only it reaches. Bytes in the budget's encoding. */
  readonly saves: number
}

/** One rule of the graph and what breaks it. Every rule that is on is listed, also when it holds. */
export interface RuleResult {
  /** As the option is called: `lazy`, `forbidden`, `duplicates`. */
  readonly rule: string
  readonly status: 'pass' | 'warn' | 'fail'
  readonly violations: readonly RuleViolation[]
  /** Violations that the team has accepted for a while. They do not count in `status`. */
  readonly suppressed?: readonly SuppressedViolation[]
}

export interface RuleViolation {
  /** One sentence that names the subject and what is wrong with it. */
  readonly message: string
  /** How it got in: the shortest chain of imports; empty where no import answers for it. */
  readonly chain: readonly ChainStep[]
  /** Module, package, chunk or file that breaks the rule. */
  readonly subject?: string
  readonly severity?: 'warn' | 'error'
  /** What it costs a visitor, in brotli bytes: its exact share of the emitted files. */
  readonly bytes?: number
  /** What would mend it, one sentence. */
  readonly fix?: string
}

export interface SuppressedViolation extends RuleViolation {
  readonly reason: string
  /** Last day on which it is accepted, `YYYY-MM-DD`. */
  readonly until: string
}
