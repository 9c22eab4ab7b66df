import type { FileSizes } from '../report.ts'
import type { ChunkModule } from './ownership/js-owners.ts'

/**
 * Everything the analysis needs, as plain data: the emitted files, what the bundler said of its chunks, the maps, the
 * module graph. Ids are the bundler's (absolute paths), files relative to the output directory.
 */
export interface BuildInput {
  /** Absolute, with `/`. */
  readonly root: string
  /** Vite's `base`, to find files that HTML refers to by URL. */
  readonly base: string
  /** Whether Vite preloads the dependencies of an `import()` together with it (`build.modulePreload`). */
  readonly preloadsDependencies: boolean
  readonly files: readonly EmittedFile[]
  readonly chunks: readonly EmittedChunk[]
  /** CSS files made from modules. */
  readonly stylesheets: readonly EmittedStylesheet[]
  readonly modules: readonly GraphModule[]
  readonly routes: readonly RouteTarget[]
}

export interface EmittedFile {
  readonly file: string
  readonly content: Uint8Array
  readonly hash: string
  readonly sizes: FileSizes
  /** The encoded bytes that were measured, needed for files made from modules. */
  readonly streams: { readonly gzip: Uint8Array; readonly brotli: Uint8Array }
}

export interface EmittedChunk {
  readonly name: string
  readonly file: string
  readonly entry: boolean
  readonly facade: string | undefined
  readonly modules: readonly ChunkModule[]
  readonly imports: readonly string[]
  readonly dynamicImports: readonly string[]
  readonly css: readonly string[]
  readonly assets: readonly string[]
  /** Code that `mappings` describes; `undefined` when the bundler gave none. */
  readonly code: string | undefined
  readonly mappings: string
  /** Sources of the map, resolved to absolute ids where they are relative to the file. */
  readonly sources: readonly string[]
}

export interface EmittedStylesheet {
  readonly name: string
  readonly file: string
  /** In the order they were joined. */
  readonly parts: readonly { readonly id: string; readonly code: string }[]
}

export interface GraphModule {
  readonly id: string
  readonly entry: boolean
  readonly imports: readonly ImportEdge[]
}

export interface ImportEdge {
  readonly id: string
  readonly kind: 'static' | 'dynamic'
  readonly line?: number
}

/** A page of the app, found in a route table or behind a lazy import, or named by the user. */
export interface RouteTarget {
  readonly module: string
  readonly path?: string
  /** Lazy modules around it, outermost first. */
  readonly layouts: readonly string[]
  /** Lazy modules that the page always loads besides. */
  readonly parts?: readonly string[]
}
