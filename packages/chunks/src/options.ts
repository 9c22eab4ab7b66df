/** How the chunks are made (`chunks` in `paceline()`). The rules' options are in `rules/options.ts`. */
export interface PlanOptions {
  /**
   * `planned` follows the plan in {@link PlanOptions.plan}, and makes it when there is none; `vendor` puts the packages of the first load
   * into one chunk; `default` leaves Vite alone.
   *
   * @default 'default'
   */
  readonly strategy?: 'planned' | 'vendor' | 'default' | undefined
  /**
   * File names that do not change when their content did not: an import map where the targets have them, export names that do not
   * shift, and modules with `import()` in chunks that nobody imports. Costs about 15 bytes (brotli) per chunk in the HTML.
   *
   * The map stands in the HTML: a Content-Security-Policy must allow it, by the nonce of `html.cspNonce` or by the hashes that each
   * build writes to `.paceline/csp.json`: `{ "scriptSrc": { "index.html": ["'sha256-…'"] } }`.
   *
   * There is no map, and a line that says why, where a page cannot hold it: when inputs are no HTML, with a relative `base` and pages
   * in subdirectories, before Vite 8.1. A `build.chunkImportMap` in the config counts.
   *
   * @default false
   */
  readonly stable?: boolean | undefined
  /**
   * Chunks made by hand: name → packages (`'react'`, `'@fluentui/*'`), module globs relative to the Vite root (`'src/charts/**'`), or
   * `'node_modules'`. The first group that matches counts. Of a group that the first load needs, what only lazy pages use stays with them.
   *
   * @default {}
   */
  readonly groups?: Readonly<Record<string, string | readonly string[]>> | undefined
  /**
   * The plan, a file for git, relative to the Vite root.
   *
   * @default 'paceline.chunks.json'
   */
  readonly plan?: string | undefined
  /**
   * How many visits begin on a route, relative to 1: route → weight. `'*'` is for all others.
   *
   * @default {}
   */
  readonly weights?: Readonly<Record<string, number>> | undefined
  /**
   * Share of visits by people who have an earlier release in their cache, 0–1. More makes chunks smaller and more.
   *
   * @default 0.5
   */
  readonly returning?: number | undefined
  /** Requests for JS of the entry closure, at most. @default 12 */
  readonly maxInitialRequests?: number | undefined
  /** Requests for JS of a first load, at most. @default 24 */
  readonly maxRouteRequests?: number | undefined
  /**
   * Chunks smaller than this, in brotli bytes, are joined with others. This, and the limits of requests, give way to laziness, the order of
   * execution, groups, and first loads that would be bigger than in Vite's own chunks; a warning says so.
   *
   * @default '2 kB'
   */
  readonly minChunkSize?: number | string | undefined
  /** Growth of a first load against the plan's, from which a build warns that the plan is out of date. @default '5%' */
  readonly drift?: string | undefined
}
