export { diskFiles } from './adapters/disk-files.ts'
export { writePages } from './adapters/write-pages.ts'
export { readBaseline } from './adapters/read-baseline.ts'
export type { RebuildOptions } from './baseline/rebuild-baseline.ts'
export { storeCleanBuild, storedReport, storeReport } from './baseline/report-store.ts'
export { resolveBaseline } from './baseline/resolve-baseline.ts'
export type { Baseline, BaselineRequest } from './baseline/resolve-baseline.ts'
export { evaluateBudgets } from './core/evaluate-budgets.ts'
export type { EvaluateContext } from './core/evaluate-budgets.ts'
export { verifyDist } from './core/verify-dist.ts'
export type { DiskFile } from './core/verify-dist.ts'
export { diffReports } from './diff/diff-reports.ts'
export type {
  BudgetChange,
  Cause,
  Change,
  ChunkChange,
  FileChange,
  LoadChange,
  ModuleChange,
  PackageChange,
  ReportDiff,
  RouteChange,
  RuleChange,
  Subject,
} from './diff/report-diff.ts'
export { renderReportHtml } from './formats/html/render-report-html.ts'
export type { ReportHtmlOptions } from './formats/html/render-report-html.ts'
export type { SourceOptions } from './formats/locate.ts'
export { renderMarkdown } from './formats/markdown/render-markdown.ts'
export type { MarkdownOptions } from './formats/markdown/render-markdown.ts'
export { renderDiffText } from './formats/render-diff-text.ts'
export type { DiffTextOptions } from './formats/render-diff-text.ts'
export { renderGithubAnnotations } from './formats/render-github-annotations.ts'
export type { AnnotationOptions } from './formats/render-github-annotations.ts'
export { renderJson } from './formats/render-json.ts'
export { renderSarif } from './formats/sarif/render-sarif.ts'
export type { SarifOptions } from './formats/sarif/render-sarif.ts'
export { renderTreemapHtml } from './formats/treemap/render-treemap-html.ts'
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
