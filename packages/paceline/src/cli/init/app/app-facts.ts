/** A line of a file of the app that names something of a tool. */
export interface Use {
  readonly at: string
  readonly what: string
}

/** What is known of an app beside its Vite config. Paths are relative to the directory of the config, unless said otherwise. */
export interface AppFacts {
  /** Directory of the Vite config, absolute. */
  readonly directory: string
  /** The Vite root. */
  readonly root: string
  /** The output directory, from the Vite root. */
  readonly outDir: string
  /** Public files, from the Vite root. */
  readonly publicDir: string
  readonly packageName: string
  /** Whether a file is there, from the Vite root. */
  readonly exists: (file: string) => boolean
  /** The text of a file, from the directory of package.json; nothing when there is none. */
  readonly readText: (file: string) => string | undefined
  /** Imports of virtual modules of vite-plugin-pwa. */
  readonly pwaModules: readonly Use[]
  /** Imports with directives of imagetools. */
  readonly imageQueries: readonly Use[]
}
