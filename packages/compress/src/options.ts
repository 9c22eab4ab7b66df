import type { AlgorithmOption } from './algorithms.ts'

/** Globs and expressions over paths relative to the output directory. A glob without `**` names files at its top. */
export type FilterPattern = string | RegExp | readonly (string | RegExp)[]

/** What a `filename` function is told beside the file. */
export interface FilenameDetails {
  /** As in `algorithms`, in vite-plugin-compression2's long form: `gzip`, `brotliCompress`, `zstandard`, or the function. */
  readonly algorithm: unknown
  readonly options: object
}

/** A file or folder to copy into the output before it is compressed. */
export interface CopiedArtifact {
  /** Relative to the Vite root. */
  readonly src: string
  /** Where it goes, absolute. @default its name, in the output directory */
  readonly replace?: ((outDir: string, fileName: string) => string) | undefined
}

/** As in vite-plugin-compression2. */
export interface HighMemoryOptions {
  /** How many of them run at once. @default 1 */
  readonly limit?: number | undefined
  /** What takes much memory, by algorithm and options as `filename` is told them. @default brotli from quality 10, zstd from level 20 */
  readonly isHighMemory?: ((algorithm: unknown, options: object) => boolean) | undefined
}

/**
 * Options of compression (`compress` in `paceline()`). Names and meaning are those of vite-plugin-compression2; where a default differs, it
 * says so.
 */
export interface CompressOptions {
  /**
   * Files to compress.
   *
   * @default text, JSON, SVG, WebAssembly and uncompressed fonts; no source maps
   */
  readonly include?: FilterPattern | undefined
  /**
   * Files to leave alone, though `include` names them.
   *
   * @default nothing
   */
  readonly exclude?: FilterPattern | undefined
  /**
   * Files smaller than this many bytes are left alone: the answer fits one packet either way. (vite-plugin-compression2: 0)
   *
   * @default 1024
   */
  readonly threshold?: number | undefined
  /**
   * What to write beside every file, as `.gz`, `.br` and `.zst`: names, or results of `defineAlgorithm`. brotli at quality 11 costs most of the
   * time. (vite-plugin-compression2: without zstd)
   *
   * @default ['gzip', 'brotli', 'zstd']
   */
  readonly algorithms?: readonly AlgorithmOption[] | undefined
  /**
   * How siblings are called: a pattern with `[path]` and `[base]`, or a function. Servers look for the default.
   *
   * @default '[path][base].gz', .br or .zst
   */
  readonly filename?: string | ((file: string, details: FilenameDetails) => string) | undefined
  /**
   * Removes files that have a sibling, at the very end of the build.
   *
   * @default false
   */
  readonly deleteOriginalAssets?: boolean | undefined
  /**
   * Writes no sibling that is not smaller than its file.
   *
   * @default true
   */
  readonly skipIfLargerOrEqual?: boolean | undefined
  /**
   * Writes no sibling that is larger than this share of its file: `0.9` wants a tenth saved.
   *
   * @default 1
   */
  readonly minRatio?: number | undefined
  /**
   * Files to copy into the output before it is compressed.
   *
   * @default nothing
   */
  readonly artifacts?: (() => readonly CopiedArtifact[]) | undefined
  /**
   * Keeps what takes much memory from running at once, beside what `cache.memory` allows for all work together.
   *
   * @default nothing: all work is bounded by cores and by its memory (vite-plugin-compression2: one brotli ≥ 10 or zstd ≥ 20 at a time)
   */
  readonly scheduler?: HighMemoryOptions | undefined
  /**
   * `silent` leaves out the line about what was compressed. No failure is hidden.
   *
   * @default 'info'
   */
  readonly logLevel?: 'info' | 'silent' | undefined
}
