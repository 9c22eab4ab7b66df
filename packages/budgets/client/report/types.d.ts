import type { BuildReport, ChainStep, FileKind, RouteEntry, Sizes } from '@paceline/build-graph'
import type { ReportDiff } from '../../src/diff/report-diff.ts'

type ModuleGraph = ReturnType<typeof import('./graph.js').moduleGraph>

declare global {
  type Graph = ModuleGraph
  type Build = BuildReport
  type Diff = ReportDiff
  type ReportImage = NonNullable<BuildReport['images']>['files'][number]
  type Delivery = NonNullable<BuildReport['delivery']>
  type Step = ChainStep
  type Kind = FileKind
  type Route = RouteEntry
  type Figures = Sizes
  type Encoding = 'raw' | 'gzip' | 'brotli'
  /** What the page is made from. */
  interface PageData {
    readonly report: Build
    readonly diff?: Diff
    readonly baseline?: string
  }
  type Child = Node | string | number | undefined | null | false
  interface Column<Row> {
    /** Empty for a column that is not sorted by. */
    readonly title: string
    /** What the column is sorted by. */
    readonly value: (row: Row) => number | string
    readonly cell: (row: Row) => Child | Child[]
    readonly number?: boolean
    /** Takes the whole line on a phone. */
    readonly wide?: boolean
    readonly help?: string
  }
  interface TableOptions<Row> {
    readonly caption: string
    readonly columns: readonly Column<Row>[]
    readonly rows: () => readonly Row[]
    /** Column to sort by at first, biggest or last first. */
    readonly sort: string
    /** Rows shown before "Show all". */
    readonly first?: number
  }
}
