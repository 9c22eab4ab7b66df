import type { Bundler } from '../planner/execution-order.ts'

/** The chunks of a finished bundle and the modules that they were made of, whoever decided on the chunks. */
export interface FinishedOutput {
  /** Whose order of modules to compare with. */
  readonly bundler: Bundler
  /** Whether options say what goes together. Without any, all changes of order are the bundler's own. */
  readonly grouped: boolean
  readonly chunks: readonly FinishedChunk[]
  /** The graph of the source: all modules that were loaded, also those that tree shaking left out. */
  readonly modules: readonly SourceModule[]
  /** Lazy module → lazy modules that a router always loads with it or before it: the layouts around a page. */
  readonly layouts?: ReadonlyMap<string, readonly string[]>
  /**
   * Whether others can notice that a module ran, apart from its exports. Asked only about modules that run at another time
   * than the source says.
   */
  readonly hasEffects: (module: string) => boolean
  /** What a module calls where it stands and what may remember that; nothing, if it is not said. Asked only about modules that have changed places. */
  readonly asks?: (module: string) => ReadonlySet<string>
  /**
   * CommonJS modules that a module requires where it stands: they run with it unless they have run before, wherever they lie; none, if
   * it is not said.
   */
  readonly requires?: (module: string) => readonly string[]
  /** What such a module requires in turn when it runs; nothing, if it is not said. */
  readonly requiresInside?: (module: string) => readonly string[]
  /** Whether others can notice that such a module runs. */
  readonly hasEffectsInside?: (module: string) => boolean
  /** Whether to look at a module's code takes so long that it should be asked about last; none, if it is not said. */
  readonly isLong?: (module: string) => boolean
  /** Whether it has a top-level `await`; no module, if it is not said. Asked only where order has changed. */
  readonly awaits?: (module: string) => boolean
  /**
   * Files that it loads with `import()` and waits for at its top level; none, if it is not said. Asked about modules with an `import()`
   * where options say what goes together.
   */
  readonly awaited?: (module: string) => readonly string[]
  /** Whether it brings rules of CSS, whose order decides which of them wins. */
  readonly hasStyles: (module: string) => boolean
  /** Whether its rules of CSS apply to all that is there when they are loaded; no module, if it is not said. */
  readonly hasGlobalStyles?: (module: string) => boolean
  /**
   * Whether a chunk, while it starts, uses what it imports from another: at once, or in a function that it calls. Asked only
   * about chunks that import each other in a circle.
   */
  readonly usesWhileStarting: (file: string, imported: string) => boolean
}

export interface FinishedChunk {
  readonly file: string
  readonly name: string
  /** The entry or the target of an `import()` that the chunk stands for. */
  readonly facade: string | undefined
  /** In the order in which they run. */
  readonly modules: readonly string[]
  /** Files it imports statically, in the order of the statements. */
  readonly imports: readonly string[]
  readonly dynamicImports: readonly string[]
  /** Whether Vite makes a mere stylesheet of it, whose rules come behind those of the chunks that import it. */
  readonly onlyStyles?: boolean
}

export interface SourceModule {
  readonly id: string
  readonly entry: boolean
  /** In the order of the source. */
  readonly imports: readonly string[]
  readonly dynamicImports: readonly string[]
}
