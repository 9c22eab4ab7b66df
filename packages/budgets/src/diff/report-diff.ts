import type {
  BudgetResult,
  ChainStep,
  FileKind,
  FileSizes,
  RuleResult,
  RuleViolation,
  Sizes,
} from '@paceline/build-graph'

/**
 * What changed between two builds, and why. Lists hold only what changed, biggest change first (by brotli, then raw,
 * then name), so the same two reports always give the same diff.
 *
 * The figures agree with each other: the deltas of `files` add up to `total`, those of `chunks` and of `modules` to
 * `code`, and a chunk's modules to the chunk.
 */
export interface ReportDiff {
  readonly schemaVersion: 1
  /** Releases of the two builds. */
  readonly before: string
  readonly after: string
  /** All files. */
  readonly total: Change<FileSizes>
  /** JS and CSS made from modules. */
  readonly code: Change<FileSizes>
  readonly files: readonly FileChange[]
  readonly chunks: readonly ChunkChange[]
  readonly routes: readonly RouteChange[]
  readonly packages: readonly PackageChange[]
  readonly modules: readonly ModuleChange[]
  /** Imports that brought something in, the heaviest first. */
  readonly causes: readonly Cause[]
  readonly budgets: readonly BudgetChange[]
  readonly rules: readonly RuleChange[]
}

/** `after − before = delta`; what is absent on one side counts 0 there. */
export interface Change<Figures> {
  readonly before: Figures
  readonly after: Figures
  readonly delta: Figures
}

export type Status = 'added' | 'removed' | 'changed'

export interface FileChange extends Change<FileSizes> {
  /** Name in the new build, or in the old one for a removed file. */
  readonly file: string
  readonly kind: FileKind
  readonly status: Status
  /** The old name, where the file was renamed. */
  readonly previous?: string
}

export interface ChunkChange extends Change<FileSizes> {
  readonly name: string
  readonly file: string
  readonly kind: 'js' | 'css'
  readonly status: Status
  readonly previous?: string
  /** Share of the chunk's bytes, 0 to 1, that both builds have in this chunk; 0 for added and removed ones. */
  readonly overlap: number
  readonly modules: readonly ModuleChange[]
}

export interface ModuleChange extends Change<Sizes> {
  readonly id: string
  readonly package?: string
  readonly status: Status
}

export interface LoadFigures extends FileSizes {
  readonly requests: number
  readonly depth: number
}

export interface LoadChange extends Change<LoadFigures> {
  readonly byKind: Readonly<Partial<Record<FileKind, Change<FileSizes & { readonly requests: number }>>>>
}

export interface RouteChange {
  readonly id: string
  readonly module: string
  readonly status: Status
  readonly firstLoad: LoadChange
  readonly navigation: LoadChange
}

export interface PackageChange extends Change<Sizes> {
  readonly name: string
  readonly status: Status
  readonly versionBefore?: string
  readonly versionAfter?: string
  /** Versions in the new build, when it holds several copies and the old one held fewer. */
  readonly newDuplicates?: readonly string[]
}

export interface BudgetChange {
  readonly name: string
  readonly before?: BudgetResult
  readonly after?: BudgetResult
  /** `broke` and `fixed` say that the verdict crossed into or out of `fail`. */
  readonly verdict: 'broke' | 'fixed' | 'added' | 'removed' | 'changed'
}

export interface RuleChange {
  readonly rule: string
  readonly before?: RuleResult['status']
  readonly after?: RuleResult['status']
  /** `broke` and `fixed` say that the verdict crossed into or out of `fail`; `changed` ones have other violations than before. */
  readonly verdict: 'broke' | 'fixed' | 'changed' | 'added' | 'removed'
  /** Violations that are new, and those that are gone. */
  readonly broken: readonly RuleViolation[]
  readonly fixed: readonly RuleViolation[]
}

/** One import and what came in behind it. */
export interface Cause {
  /** The import to look at: the app's own where there is one. */
  readonly edge: ChainStep
  /** False when the import was there before and something else made the bundler keep what is behind it. */
  readonly isNew: boolean
  /** Where the weight lands: `initial` (every visit), ids of routes, or nothing when only later imports need it. */
  readonly loads: readonly string[]
  /** Shortest chain from an entry; `edge` is its last step. */
  readonly chain: readonly ChainStep[]
  /** Packages and the app's own modules that came in, heaviest first. */
  readonly subjects: readonly Subject[]
  /** Bytes that came in behind the import: the sum of the subjects. */
  readonly size: Sizes
  /** What the heaviest of the loads loses when this one import is removed; 0 when others still lead there. */
  readonly saves: Sizes
  /** Other new imports of the same package. */
  readonly others: readonly ChainStep[]
  /** What removing all of them saves, where there are others. */
  readonly savesTogether?: Sizes
}

export interface Subject extends Sizes {
  readonly name: string
  readonly kind: 'package' | 'module'
  readonly modules: number
}
