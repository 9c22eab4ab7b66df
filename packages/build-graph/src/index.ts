export { chainsTo, indexReport, savingsOf, shortestChain, staticReach } from './core/queries.ts'
export type { ChainOptions, Cut, LoadScope, ReportIndex } from './core/queries.ts'
export { BUNDLER_ID, CONTAINER_ID } from './report.ts'
export type {
  BudgetKind,
  BudgetResult,
  BudgetStatus,
  BuildReport,
  ChainStep,
  ChunkEntry,
  Explanation,
  FileEntry,
  FileKind,
  FileSizes,
  ImportChain,
  Load,
  ModuleEntry,
  ModuleImport,
  ModuleShare,
  PackageEntry,
  RouteEntry,
  RuleResult,
  Sizes,
} from './report.ts'
