export { diskFiles } from './adapters/disk-files.ts'
export { readBaseline } from './adapters/read-baseline.ts'
export { evaluateBudgets } from './core/evaluate-budgets.ts'
export type { EvaluateContext } from './core/evaluate-budgets.ts'
export { verifyDist } from './core/verify-dist.ts'
export type { DiskFile } from './core/verify-dist.ts'
export { judgeBuild } from './judge-build.ts'
export type { JudgedBuild } from './judge-build.ts'
export type {
  BudgetsOptions,
  EachFileBudget,
  GrowthBudget,
  RouteBudget,
  Severity,
  Size,
  SizeBudget,
} from './options.ts'
export { budgets, findBudgets } from './plugin.ts'
export type { BudgetsApi } from './plugin.ts'
export { resolveBudgets } from './resolve-options.ts'
export type { ResolvedBudgets } from './resolve-options.ts'
export { formatTerminal } from './terminal/format-terminal.ts'
export type { TerminalOptions } from './terminal/format-terminal.ts'
