/** What a broken rule does. `false` is the same as `'off'`. */
export type RuleSeverity = 'off' | 'warn' | 'error'

/** What every rule's object form has in common. */
export interface RuleSettings {
  /** @default 'error' */
  readonly severity?: RuleSeverity | undefined
  /**
   * Subjects the rule is not for: packages (`'react'`, `'@mui/*'`), module globs relative to the Vite root, names of chunks or files. For
   * good; what is meant to be mended belongs into `suppress`.
   *
   * @default []
   */
  readonly ignore?: readonly string[] | undefined
}

/** A rule by its severity alone, or with parameters. */
export type RuleOption<Settings extends RuleSettings = RuleSettings> = RuleSeverity | false | Settings

export interface LazySettings extends RuleSettings {
  readonly modules: readonly string[]
}

/** A package or modules to keep out, and what to take instead. */
export interface ForbiddenEntry {
  /** A package or a module glob. */
  readonly name: string
  /** The alternative, named in the message: `'date-fns'`. */
  readonly use?: string | undefined
}

export interface ForbiddenSettings extends RuleSettings {
  /** Not in what every visit downloads. @default [] */
  readonly initial?: readonly (string | ForbiddenEntry)[] | undefined
  /** Not in the first load of a route, by its id, path or module; `'*'` is every route. A list is for every route. @default {} */
  readonly routes?:
    | Readonly<Record<string, readonly (string | ForbiddenEntry)[]>>
    | readonly (string | ForbiddenEntry)[]
    | undefined
  /** Nowhere in the build. @default [] */
  readonly all?: readonly (string | ForbiddenEntry)[] | undefined
}

export interface DuplicatesSettings extends RuleSettings {
  /** Packages that must not be there twice. @default all packages */
  readonly only?: readonly string[] | undefined
  /** Copies besides the biggest one may weigh so much. Bytes, brotli. @default 0 */
  readonly above?: number | string | undefined
}

export interface CircularSettings extends RuleSettings {
  /** Whether circles of the app's own modules count too, not only those of chunks. @default false */
  readonly modules?: boolean | undefined
}

export interface DepthSettings extends RuleSettings {
  /** Static imports on the shortest way from what is loaded to a module. */
  readonly max: number
}

export interface RequestsSettings extends RuleSettings {
  /** Requests of the first load of each HTML document or entry, the document itself left out. @default no limit */
  readonly initial?: number | undefined
  /** Requests of the first load of each route. @default no limit */
  readonly route?: number | undefined
}

export interface TinyChunksSettings extends RuleSettings {
  /** Bytes, brotli, from which a chunk is worth a request. @default '1 kB' */
  readonly below?: number | string | undefined
}

export interface WaterfallsSettings extends RuleSettings {
  /** Lazy chunks that may follow each other: 1 = a page, 2 = something that only the page's code asks for. @default 1 */
  readonly max?: number | undefined
}

/** A rule about things that cost more than so many bytes. */
export interface WeightSettings extends RuleSettings {
  /** Bytes from which it counts. Defaults are at the rules. */
  readonly above?: number | string | undefined
}

export interface ServerCodeSettings extends RuleSettings {
  /**
   * Whose imports of Node's built-in modules count: `app` for those that your own code writes, `all` for packages that look for them too.
   *
   * @default 'app'
   */
  readonly builtins?: 'app' | 'all' | undefined
}

/** One layer rule in parts. */
export interface LayerRule {
  /** Module globs that may not import `to`. */
  readonly from: string | readonly string[]
  /** Module globs or packages that `from` may not import. */
  readonly to: string | readonly string[]
  /** Importers and importees that are allowed nevertheless. @default [] */
  readonly except?: string | readonly string[] | undefined
  /** Said with every violation. */
  readonly reason?: string | undefined
}

export interface LayersSettings extends RuleSettings {
  readonly layers: readonly (string | LayerRule)[]
}

/** A violation that is accepted for a while. */
export interface Suppression {
  /** Name of the rule. */
  readonly rule: string
  /** The module, package, chunk or file that breaks it, or a glob. */
  readonly subject: string
  /** Why it is accepted. */
  readonly reason: string
  /** Last day on which it is accepted, `YYYY-MM-DD`. From the next day on the build fails and names it. */
  readonly until: string
}

/**
 * Rules of the module graph, beside the planner's options in `chunks`. Each is `'off' | 'warn' | 'error'`, or an object with parameters. All of
 * them together cost milliseconds; what reads emitted code says so.
 */
export interface RuleOptions {
  /**
   * Modules and packages that no visit downloads before it needs them: globs relative to the Vite root, or package names.
   *
   * @default no rule
   * @example ['src/pages/**', 'recharts']
   */
  readonly lazy?: readonly string[] | LazySettings | false | undefined
  /**
   * Packages and modules that must not be in a load, with the alternative to use.
   *
   * @default no rule
   * @example { initial: ['moment'], all: [{ name: 'lodash', use: 'lodash-es' }] }
   */
  readonly forbidden?: ForbiddenSettings | false | undefined
  /**
   * Packages that are bundled more than once: versions, or one version in two places.
   *
   * @default a warning for packages that break when there are two of them, such as react
   */
  readonly duplicates?: RuleOption<DuplicatesSettings> | undefined
  /**
   * Finished chunks run as the source does, whoever divided the app: no module before its `import()`, no other order of side effects and
   * stylesheets, no circle of chunks in which something is used before it is there. An error ends the build before anything is written.
   *
   * @default 'error'
   */
  readonly execution?: RuleOption | undefined
  /**
   * Chunks that import each other in a circle. Those that break the page are told by `execution`, unless this is more severe.
   *
   * @default 'warn'
   */
  readonly circular?: RuleOption<CircularSettings> | undefined
  /** Modules more than `max` static imports away from what is loaded. @default 'off' */
  readonly depth?: DepthSettings | false | undefined
  /** Requests of first loads. @default 'off' */
  readonly requests?: RequestsSettings | false | undefined
  /** Chunks that cost a request and bring next to nothing. @default 'off' */
  readonly tinyChunks?: RuleOption<TinyChunksSettings> | undefined
  /**
   * `import()` of a module that is in the same load already, because something imports it statically: it is not lazy at all.
   *
   * @default 'warn'
   */
  readonly redundantDynamicImport?: RuleOption | undefined
  /** Lazy chunks that are only discovered once another lazy chunk has run. @default 'off' */
  readonly waterfalls?: RuleOption<WaterfallsSettings> | undefined
  /** Packages of ES modules without `sideEffects` in their package.json, from `above` on (`'10 kB'` brotli). @default 'off' */
  readonly sideEffects?: RuleOption<WeightSettings> | undefined
  /** Emitted chunks and assets that nothing refers to. They cost space, no visitor downloads them. @default 'off' */
  readonly unused?: RuleOption | undefined
  /**
   * Polyfills and helpers for browsers older than `build.target`, from `above` on (`'100 B'` brotli). Looks through the emitted code.
   *
   * @default 'off'
   */
  readonly legacy?: RuleOption<WeightSettings> | undefined
  /** Modules that only re-export and thereby drag in more than `above` (`'10 kB'` brotli). Parses candidates. @default 'off' */
  readonly barrels?: RuleOption<WeightSettings> | undefined
  /**
   * Code for development in a production build: react's development build, devtools, mocks, checks of `process.env.NODE_ENV` that were not
   * replaced; from `above` on (`'1 kB'` brotli) in what visitors download.
   *
   * @default 'warn'
   */
  readonly devCode?: RuleOption<WeightSettings> | undefined
  /** Files inlined as `data:` URLs of more than `above` (`'8 kB'`, as emitted). Looks through the emitted code. @default 'off' */
  readonly inlinedAssets?: RuleOption<WeightSettings> | undefined
  /**
   * Code meant for the server in the client build: `*.server.*` modules, what imports `server-only`, Node's built-in modules.
   *
   * @default 'warn'
   */
  readonly serverCode?: RuleOption<ServerCodeSettings> | undefined
  /**
   * Which modules may not import which, in one line or in parts. `'src/features/* may not import each other'` keeps siblings apart.
   *
   * @default no rule
   * @example ['src/features/** may not import src/app/**']
   */
  readonly layers?: readonly (string | LayerRule)[] | LayersSettings | false | undefined
  /**
   * Violations that are accepted until a day, each with a reason. One that has expired or suppresses nothing fails the build.
   *
   * @default []
   * @example [{ rule: 'duplicates', subject: 'tslib', reason: 'waits for sdk 4', until: '2027-01-31' }]
   */
  readonly suppress?: readonly Suppression[] | undefined
}
