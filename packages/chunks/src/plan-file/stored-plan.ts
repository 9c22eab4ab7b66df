/** Raised when a file written by one version could be misread by the other. */
export const PLAN_VERSION = 1

/** What `paceline.chunks.json` holds: a plan, what made it, and what a later build needs to follow it. */
export interface StoredPlan {
  readonly version: typeof PLAN_VERSION
  /** Which app it is for: a name for people, as in its `package.json`. */
  readonly app: string
  readonly settings: StoredSettings
  /** Whether the app is left to the bundler, because a plan would have made a first load worse. There are no chunks then. */
  readonly bundler?: true
  /**
   * Whether later builds place modules without asking what others notice of them: that would move some of the app that the plan was made
   * for, which the planner and the finished build found right where they are.
   */
  readonly unordered?: true
  /** Route → what its first load is expected to cost, as the build that made the plan measured or estimated it. */
  readonly routes: Readonly<Record<string, RouteExpectation>>
  /**
   * Packages of which the app takes small parts one by one, like icons. Their parts are named one by one, and one more goes where it is used:
   * in the package's chunk it would change all of it. Sorted; absent when there are none.
   */
  readonly collections?: readonly string[]
  /**
   * Packages that are brought up to date more often than others, with the share of the app's updates that touch them, as the history of its
   * lockfile had it. A plan that is made where there is no history takes them from the plan before it. Absent when there are none.
   */
  readonly updates?: Readonly<Record<string, number>>
  /** In an order in which every chunk comes after the chunks that it imports. */
  readonly chunks: readonly StoredChunk[]
}

/** JS of a first load. */
export interface RouteExpectation {
  /** Brotli. */
  readonly bytes: number
  readonly requests: number
}

/** The options that made a plan, as they were written, defaults included. A build with others is told so. */
export type StoredSettings = Readonly<Record<string, Setting>>
export type Setting =
  | string
  | number
  | boolean
  | null
  | readonly Setting[]
  | { readonly [name: string]: Setting | undefined }

export interface StoredChunk {
  readonly name: string
  readonly kind: 'entry' | 'group' | 'planned'
  /** Names of the chunks it imports statically, as the live graph had it. Sorted. */
  readonly imports: readonly string[]
  /**
   * Module of this chunk → chunks that the source of the module leads to although nothing of them is used by it: what a
   * barrel is. Without these, a file that re-exports everything would seem to need everything.
   */
  readonly mentions: Readonly<Record<string, readonly string[]>>
  /**
   * Module with {@link StoredChunk.mentions} → fingerprint of what it takes from others on the way from what others take from it. When that
   * is another, what it mentions may well be used.
   */
  readonly basis?: Readonly<Record<string, string>>
  /**
   * Loaded by more than its modules are needed by, on purpose: `pages` when another lazy page pays for some of them, `anyone`
   * when an entry does. Absent when everybody who loads the chunk needs all of it, which later builds then hold it to.
   */
  readonly shared?: 'pages' | 'anyone'
  /**
   * What lies in it: keys of modules (`src/main.tsx`, `react-dom/client.js`), packages (`react-dom`) and directories
   * (`src/pages/`). The longest match counts. Sorted.
   */
  readonly modules: readonly string[]
}
