/** What a finished output does otherwise than its source says. Modules are named by their full ids, chunks by their files. */
export type ChunkFault = ChunkCycle | Deadlock | EarlyModules | ChangedOrder

/** An import of the source. The line is known for the app's own modules, once somebody has looked it up. */
export interface SourceStep {
  readonly importer: string
  readonly importee: string
  readonly kind: 'static' | 'dynamic'
  readonly line?: number
}

/** A chunk that imports another, and an import of the source that makes it do so; none for helpers of the bundler. */
export interface ChunkStep {
  readonly from: string
  readonly to: string
  readonly because?: SourceStep
}

/** Chunks that import each other in a circle. */
export interface ChunkCycle {
  readonly kind: 'cycle'
  /** Whether a chunk runs before something that it needs while it starts. */
  readonly harmful: boolean
  /**
   * - `runs-before-its-import`: the last chunk of the circle uses the first one before that has run;
   * - `as-in-source`: the modules import each other in a circle in the source too, and run in the same order;
   * - `used-later`: what the chunks take from each other is used in functions that nothing calls while they start.
   */
  readonly reason: 'runs-before-its-import' | 'as-in-source' | 'used-later'
  /** Entry or `import()` at which it happens. */
  readonly root: string
  /** Around the circle; the last import is the one that is not fulfilled in time. */
  readonly steps: readonly ChunkStep[]
}

/** Chunks that wait for each other: one awaits an `import()` at its top level, and what is loaded needs that chunk. */
export interface Deadlock {
  readonly kind: 'deadlock'
  readonly harmful: true
  /** Has the `await`. */
  readonly module: string
  /** What it loads. */
  readonly target: string
  /** Around: from the module's chunk to the target's, and back to it. A dynamic import is one that is awaited. */
  readonly steps: readonly ChunkStep[]
}

/** Modules that run although nothing that was asked for imports them: before their `import()`, or without any. */
export interface EarlyModules {
  readonly kind: 'early'
  /** Whether one of them does something when it runs; if not, they are bytes for nothing. */
  readonly harmful: boolean
  /** Whether the harm is done by rules of stylesheets alone, which apply too soon. */
  readonly styles: boolean
  /** Entry or target of an `import()` whose loading makes them run. */
  readonly root: string
  readonly chunk: string
  /** The ones with effects first, when there are any only those. */
  readonly modules: readonly string[]
  /** From the root's chunk to theirs; empty for bytes for nothing. */
  readonly loadedBy: readonly ChunkStep[]
  /** From the root to the first of them in the source, through an `import()`; empty when the root never asks for it, and for bytes for nothing. */
  readonly meantBy: readonly SourceStep[]
}

/** Two modules that run in another order than in the source and than without any options for chunks. */
export interface ChangedOrder {
  readonly kind: 'order'
  /** Entry or target of an `import()` whose loading makes them run. */
  readonly root: string
  /** Whether it is the rules of two stylesheets, rather than what two modules do. */
  readonly styles: boolean
  /** Whether the first is in a chunk without scripts, which Vite puts behind the one that imports it. */
  readonly alone: boolean
  /** Runs first in the source, second now. */
  readonly first: string
  readonly second: string
  /** Of the first and of the second. */
  readonly chunks: readonly [string, string]
  /** From the root to each of them in the source. */
  readonly chains: readonly [readonly SourceStep[], readonly SourceStep[]]
  /** Further pairs of the same two chunks for the same reason. */
  readonly more: number
  /** Packages of this name, or the module, that both call for a value; absent where both do something. */
  readonly asked?: string
}
