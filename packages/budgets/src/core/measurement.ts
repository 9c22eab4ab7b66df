import type { BudgetKind, BudgetResult, LoadScope } from '@paceline/build-graph'
import type { Measure } from '@paceline/kit'
import type { Severity } from '../options.ts'

/** One thing held against one limit, before the verdict. */
export interface Measurement {
  readonly name: string
  readonly kind: BudgetKind
  readonly subject: string
  readonly limit: number
  readonly actual: number
  readonly unit: BudgetResult['unit']
  readonly encoding: Measure
  readonly severity: Severity
  /** Emitted files whose bytes were counted. */
  readonly files: readonly string[]
  /** Whether the user asked for it; only such budgets count for `strict`. */
  readonly written: boolean
  /** Where the counted modules come from; absent where there are none to name. */
  readonly scope?: LoadScope
  /** Counts this package only, not whole files. */
  readonly package?: string
  /** Measured, but held to no limit. */
  readonly exempt?: true
}

/** What was measured, and what the user asked for that is not there. */
export interface Measured {
  readonly measurements: readonly Measurement[]
  /** Sentences that name the option, what is wrong, and near names. */
  readonly misses: readonly string[]
}
