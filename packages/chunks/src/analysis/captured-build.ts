import type { GraphModule } from '@paceline/build-graph'
import type { LinkSources } from '../plan-file/linking/link-modules.ts'

/** What an analysis build has shown, as plain data under the bundler's ids. */
export interface CapturedBuild {
  /** The Vite root, absolute, with `/`. */
  readonly root: string
  /** Every module that has a chunk, in any order. */
  readonly chunks: readonly CapturedChunk[]
  /** The module graph as written, of all modules that were loaded. */
  readonly modules: readonly GraphModule[]
  /** Modules that tree shaking left something of, as the bundler asks for them when it makes chunks. */
  readonly survivors: ReadonlySet<string>
  /** Modules that their package or a plugin declares free of side effects. */
  readonly pure: ReadonlySet<string>
  /** Code of all modules, and what importing them does. */
  readonly sources: LinkSources
  /** Transformed code of the modules with `import()`: route tables are read from it. */
  readonly dynamicImporters: ReadonlyMap<string, string>
}

/** A chunk that holds one module. */
export interface CapturedChunk {
  readonly id: string
  /** As the bundler wrote it, before Vite adds its lists of files to preload. */
  readonly code: string
  /** The module behind each specifier that the code imports. External ones are not listed. */
  readonly specifiers: ReadonlyMap<string, string>
  /** Modules that it loads with `import()`. */
  readonly dynamicImports: readonly string[]
  /** The stylesheet that Vite made of it, minified; empty when it is none. */
  readonly css: string
}
