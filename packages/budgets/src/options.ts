import type { Measure } from '@paceline/kit'

/**
 * A size: a number of bytes, or a text such as `'170 kB'` (1 kB = 1000 bytes, as size-limit counts) or `'64 KiB'`.
 */
export type Size = string | number

/** Whether an overrun fails the build or is only reported. */
export type Severity = 'error' | 'warn'

/** A limit with more to say than its size. */
export interface SizeBudget {
  /** Largest size that still passes. */
  readonly limit: Size
  /**
   * How bytes are counted: as emitted, or compressed with gzip 9, brotli 11 or zstd 19.
   *
   * @default 'brotli', and 'raw' for fonts and images, which are compressed already
   */
  readonly encoding?: Measure | undefined
  /** @default the `severity` of all budgets */
  readonly severity?: Severity | undefined
}

/** A limit that each matching file is held to by itself. */
export interface EachFileBudget extends Omit<SizeBudget, 'limit'> {
  /** Largest size that each file may have. */
  readonly each: Size
}

/** Limits of one route. What is left out here is taken from the route `'*'`. */
export interface RouteBudget {
  /** Bytes that somebody who lands on the route downloads: JS, CSS and what is preloaded, without the HTML. */
  readonly firstLoad?: Size | SizeBudget | undefined
  /** Bytes that somebody who is already inside the app downloads. */
  readonly navigation?: Size | SizeBudget | undefined
  /** Requests of the first load. */
  readonly requests?: number | undefined
  /** Length of the first load's request waterfall: 1 = the HTML names every file, 2 = some only after a script ran. */
  readonly depth?: number | undefined
  /** @default the `severity` of all budgets */
  readonly severity?: Severity | undefined
}

/** A limit for what a build may grow by. */
export interface GrowthBudget extends Omit<SizeBudget, 'limit'> {
  /** A size, or a share of the baseline such as `'1%'`. */
  readonly limit: Size
}

/**
 * Options of `budgets()`. `undefined` means the default, `false` means off.
 *
 * Judging a build costs milliseconds; the sizes come from the build graph, which encodes every file once.
 */
export interface BudgetsOptions {
  /**
   * Path of a size-limit file (JSON array, or a `package.json` with a `size-limit` field), relative to the Vite root.
   * Read unchanged, so that the `size-limit` command and the build hold one contract. Its own paths are relative to
   * the file.
   *
   * @default no file
   * @example '.size-limit.json'
   */
  readonly sizeLimit?: string | false | undefined
  /**
   * JavaScript of the entry: its chunk and every chunk it imports statically. One budget per HTML document. Bytes.
   *
   * @default '170 kB' in brotli, a warning until you write it yourself
   */
  readonly initial?: Size | SizeBudget | false | undefined
  /**
   * All CSS files together. Bytes.
   *
   * @default no limit
   */
  readonly css?: Size | SizeBudget | false | undefined
  /**
   * All fonts together. Bytes, as emitted.
   *
   * @default no limit
   */
  readonly fonts?: Size | SizeBudget | false | undefined
  /**
   * Each image by itself. Bytes, as emitted.
   *
   * @default no limit
   */
  readonly images?: Size | SizeBudget | false | undefined
  /**
   * What a service worker stores when it is installed, all together: every visitor downloads it, asked or not. Bytes.
   *
   * @default no limit
   * @example '2 MB'
   */
  readonly precache?: Size | SizeBudget | false | undefined
  /**
   * Loads by route, named by its id, URL path or module; `'*'` is the default of every route. A size limits the first
   * load, `false` exempts a route from `'*'`.
   *
   * @default { '*': '512 kB' } in brotli, a warning until you write it yourself
   * @example { '*': '250 kB', '/editor': { firstLoad: '400 kB', requests: 12, depth: 3 } }
   */
  readonly routes?: Readonly<Record<string, Size | RouteBudget | false>> | false | undefined
  /**
   * Chunks by name, or by a glob over names for a group of chunks that shares one limit. Bytes of their JavaScript.
   *
   * @default {}
   * @example { 'react-vendor': { limit: '200 kB', encoding: 'raw' } }
   */
  readonly chunks?: Readonly<Record<string, Size | SizeBudget>> | undefined
  /**
   * What a package may weigh in all chunks together. Bytes; `0` keeps it out. There is no zstd figure for a part of a
   * file.
   *
   * @default {}
   * @example { moment: 0 }
   */
  readonly packages?: Readonly<Record<string, Size | SizeBudget>> | undefined
  /**
   * Every emitted file together, source maps and compressed siblings left out. Bytes.
   *
   * @default no limit
   */
  readonly total?: Size | SizeBudget | false | undefined
  /**
   * Globs over the emitted files, relative to the output directory. A size limits the sum, as size-limit does;
   * `{ each }` limits every file by itself.
   *
   * @default {}
   * @example { 'assets/*.wasm': '1 MB', 'assets/*.js': { each: '150 kB' } }
   */
  readonly files?: Readonly<Record<string, Size | SizeBudget | EachFileBudget>> | undefined
  /**
   * What an overrun does. Budgets that Paceline sets by default only ever warn.
   *
   * @default 'error'
   */
  readonly severity?: Severity | undefined
  /**
   * What to compare with: a saved report (a path relative to the Vite root, ending in `.json`), or a git ref, whose
   * stored report is looked up. Explanations then say what grew.
   *
   * @default no comparison
   * @example '.paceline/baseline.json'
   */
  readonly baseline?: string | false | undefined
  /**
   * How much the total, the initial JavaScript and each route's first load may grow over the baseline. Bytes, or per
   * cent of the baseline.
   *
   * @default no limit
   * @example '1%'
   */
  readonly maxGrowth?: Size | GrowthBudget | false | undefined
  /**
   * Whether every emitted byte must belong to a budget that you wrote, or to `exempt`.
   *
   * @default false
   */
  readonly strict?: boolean | undefined
  /**
   * Globs over the emitted files that no budget has to cover, with `strict`.
   *
   * @default []
   * @example ['robots.txt', 'icons/**']
   */
  readonly exempt?: readonly string[] | undefined
}
