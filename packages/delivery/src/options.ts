import type { LinksOptions } from './links/links-options.ts'
import type { SpeculationOptions } from './links/speculation-rules.ts'
import type { PolicyOverrides } from './policy/policy-options.ts'
import type { TargetOptions } from './targets/target-options.ts'
import type { TargetName } from './targets/target.ts'

/** Options of delivery (`delivery` in `paceline()`). */
export interface DeliveryOptions {
  /**
   * How many earlier releases are kept in `.paceline/releases` and served beside the current one, so that open tabs find their chunks. `0`:
   * none, and no deltas.
   *
   * @default 5
   */
  readonly releases?: number | undefined
  /**
   * Age after which an earlier release goes, whatever the number: days, or a text such as `'30d'`, `'12h'`, `'8w'`.
   *
   * @default undefined never
   */
  readonly maxAge?: string | number | undefined
  /**
   * Whether hashed js, css, wasm and json files get deltas against earlier releases (compression dictionaries, RFC 9842). Costs about a
   * twentieth of the time that brotli takes for the same files.
   *
   * @default true
   */
  readonly deltas?: boolean | undefined
  /**
   * Where a machine without local history gets earlier releases from: the URL of the live site, a directory (an archive, or an output that was
   * deployed), or `'cache'` for the artifact cache, which gets every release then. When it cannot be reached, the build goes on with a warning.
   *
   * @default undefined only `.paceline/releases`
   * @example 'https://example.com/app/'
   */
  readonly history?: string | undefined
  /**
   * Headers by glob over the paths of the output, laid over the table of `docs/delivery/policy.md`. `false` takes a header, or all of them,
   * away. A glob that matches no file is an error.
   *
   * @default {}
   */
  readonly policy?: PolicyOverrides | undefined
  /**
   * What pages say of the files that they load first, in `Link` headers and Early Hints, see {@link LinksOptions}. `false`: nothing.
   *
   * @default {}
   */
  readonly links?: LinksOptions | false | undefined
  /**
   * Pages that are likely to be next, by the page that they are reached from, for browsers that load them ahead (Speculation Rules, Chromium), see
   * {@link SpeculationOptions}. What is loaded ahead and not looked at was loaded for nothing.
   *
   * @default undefined none
   * @example { next: { '/': ['/pricing'] } }
   */
  readonly speculation?: SpeculationOptions | undefined
  /**
   * Whether pages name the hash of every hashed script and stylesheet that they load, lazy modules among it (SRI): a browser refuses one whose bytes
   * a CDN or a proxy has changed. Costs about 45 bytes of the compressed page for each script of the build. Pages have an import map then.
   *
   * @default false
   */
  readonly integrity?: boolean | undefined
  /**
   * Hosts that get their configuration from the build: in `.paceline/delivery/<host>/`, and in the output where a host reads it there.
   *
   * @default [] only the manifest, for `paceline serve` and the middleware
   */
  readonly targets?: readonly TargetName[] | undefined
  /**
   * What the configurations of the hosts need to know besides, see {@link TargetOptions}.
   *
   * @default {}
   */
  readonly targetOptions?: TargetOptions | undefined
  /**
   * After each build, `.paceline/delivery/purge/` lists the addresses whose bytes changed under the same name. `origin` of the site is for those
   * CDNs whose API takes whole URLs.
   *
   * @default {}
   * @example { origin: 'https://example.com' }
   */
  readonly purge?: { readonly origin?: string | undefined } | undefined
}
