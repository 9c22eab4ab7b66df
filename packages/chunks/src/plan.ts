/** A partition of the modules of an app into chunks. */
export interface ChunkPlan {
  /** In an order in which every chunk comes after the chunks that it imports. */
  readonly chunks: readonly PlannedChunk[]
}

export interface PlannedChunk {
  /** Unique; becomes the first part of the file's name. */
  readonly name: string
  /** `LiveModule.key` of its modules, sorted. */
  readonly modules: readonly string[]
  /** What it is there for: the main script of a page, a group of the user, or the planner's own choice. */
  readonly kind: 'entry' | 'group' | 'planned'
  /** Names of the chunks it imports statically, as the live graph has it. Sorted. */
  readonly imports: readonly string[]
}

/** What a plan is expected to cost, in brotli bytes. Estimates: the build's report has the exact figures. */
export interface PlanFigures {
  readonly routes: readonly {
    readonly id: string
    /** Bytes of all chunks that the first load needs, and their number. */
    readonly bytes: number
    readonly requests: number
    /** Bytes among them that the route does not need. */
    readonly waste: number
    /** The route's modules in one file: no partition ships less. */
    readonly bound: number
  }[]
  /** The weighted sum that the plan minimises. */
  readonly cost: number
}
