/**
 * The module graph of one client build after tree shaking: what is really executed, what it really imports, and how
 * many bytes each module really adds. An analysis build with one chunk per module gives it; the graph that a bundler's
 * hooks give is syntactic and 15–21 % off.
 */
export interface LiveGraph {
  /** In the order in which the source executes them: depth first from the entries, static imports before lazy ones. */
  readonly modules: readonly LiveModule[]
  /** Indices of the entries: the script of each HTML page, or the inputs of the build. */
  readonly entries: readonly number[]
  /** Every way to load the app. Never empty. */
  readonly scenarios: readonly Scenario[]
}

export interface LiveModule {
  /** Relative to the Vite root, with `/`, as in the report. */
  readonly id: string
  /**
   * What the plan calls it, the same on every machine: the id for the app's own modules, `<package>/<path inside>` for
   * modules of a package however deep it is installed, with `@<version>` behind the name when there are several versions.
   */
  readonly key: string
  readonly kind: 'js' | 'css'
  /** Name of the package it belongs to; absent for the app's own code and for what the bundler adds. */
  readonly package?: string
  /** Bytes it adds to the output: minified, and compressed as a part of a bigger file. */
  readonly size: { readonly raw: number; readonly brotli: number }
  /** Live static imports, in the order of the source. Indices into {@link LiveGraph.modules}. */
  readonly imports: readonly number[]
  /** Modules it loads with `import()`. */
  readonly dynamicImports: readonly number[]
  /**
   * Whether running it does something that other modules can notice apart from its exports: statements at the top level that are no
   * declarations, a stylesheet, top-level await, an initialiser that calls what another one calls, too, and that may remember the first call.
   * Such modules keep the order of the source among each other.
   */
  readonly effects: boolean
  /** Whether it has a top-level `await`: until it is through, nothing that it waits for may import its chunk. */
  readonly awaits?: boolean
  /**
   * Whether running it may do something that nobody but its users wants: an initialiser calls what is not known to be pure. It runs where it
   * is needed and nowhere else, in whatever order unless it has {@link LiveModule.effects}.
   */
  readonly starts?: boolean
  /**
   * CommonJS modules whose running others notice, and which run where this one requires them, unless they have run before: their own chunks
   * only define them.
   */
  readonly requires?: readonly number[]
  /** How often it changes, see {@link Volatility}. */
  readonly volatility: Volatility
}

/**
 * What changes together: `runtime` (the bundler's and Vite's own helpers), `importer` (holds `import()`, so it holds the
 * names of other chunks), `app`, and `package:<name>`.
 */
export type Volatility = 'runtime' | 'importer' | 'app' | `package:${string}`

/** One way to load the app: a visitor who lands on a route. A layout and its page are one scenario. */
export interface Scenario {
  /** Id of the route, or of the entry. */
  readonly id: string
  /** How many of the visits begin here, relative to the others. */
  readonly weight: number
  /** The entry, then the lazy layouts, the page and its parts: indices, in the order in which they are loaded. */
  readonly roots: readonly number[]
}
