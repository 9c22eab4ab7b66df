import type { BuildReport } from '@paceline/build-graph'

/** The app to build. */
export interface RebuiltApp {
  /** The directory of its config, absolute; the Vite root, unless the config names another one. */
  readonly root: string
  /** Absolute; Vite's own search when absent. */
  readonly configFile?: string | undefined
  readonly mode?: string | undefined
  /** The app's own compression stays, to fill its cache. @default false */
  readonly fill?: boolean | undefined
}

/** An import of the report that a rebuild changes: ids as in the report. */
export interface ImportEdge {
  readonly importer: string
  readonly importee: string
}

/**
 * What brings a module in where it is no import that could be changed: a CommonJS module requires it, it is imported lazily where
 * only static imports were asked for, a worker is started there, or a stylesheet imports it.
 */
export type LeftReason = 'require' | 'import()' | 'worker' | 'stylesheet' | 'unknown'

/** An import that was to be changed and stayed as it is. */
export interface LeftImport extends ImportEdge {
  readonly because: LeftReason
}

/**
 * One change to an app that a rebuild makes without touching its sources.
 *
 * - `imports`: these static imports load their module later (`lazy`), or give a stand-in without content (`stub`).
 *   With `whole`, `import()` and `require()` of the same modules give one too.
 * - `replace`: a package is taken from another one.
 * - `merge`: these modules, which were two chunks of these names, make up one chunk of the first name; `others` says
 *   where all others are, by the names of chunks.
 */
export type RebuildEdit =
  | {
      readonly kind: 'imports'
      readonly how: 'lazy' | 'stub'
      readonly edges: readonly ImportEdge[]
      readonly whole: boolean
    }
  | { readonly kind: 'replace'; readonly from: string; readonly to: string }
  | {
      readonly kind: 'merge'
      readonly names: readonly [string, string]
      readonly modules: readonly string[]
      readonly others: Readonly<Record<string, readonly string[]>>
    }

/**
 * How the chunks are made: as the config says, by Vite alone, by a plan, with all packages in one chunk, or with a chunk
 * for each of them.
 */
export type RebuildStrategy =
  | { readonly kind: 'config' | 'default' | 'vendor' | 'package' }
  | { readonly kind: 'planned'; readonly stable: boolean }

/** What the process that builds is asked for. Plain data: it is handed over as a file. */
export interface RebuildRequest extends RebuiltApp {
  readonly edits: readonly RebuildEdit[]
  readonly strategy?: RebuildStrategy
  /** The plan that is followed, and made when there is none, if the app is planned; absolute, not the app's own. */
  readonly plan: string
  /** An empty directory for the output, absolute. */
  readonly outDir: string
  /** Where the answer goes, absolute. */
  readonly answer: string
  /** Encoded files of earlier rebuilds, by content: most files of a rebuild are those of the one before. Absolute. */
  readonly encoded: string
}

/** What the process that builds answers. */
export type RebuildAnswer =
  | { readonly report: BuildReport; readonly left: readonly LeftImport[] }
  | { readonly error: { readonly code?: string; readonly message: string } }

/** A build of the app with some edits. */
export interface Rebuilt {
  readonly report: BuildReport
  /** Imports that were to be changed and could not be. */
  readonly left: readonly LeftImport[]
  /** The files, absolute. Gone when the rebuilding is done. */
  readonly outDir: string
}
