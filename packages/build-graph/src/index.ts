export { formatPlace, plainId, writeChain } from './core/chain-text.ts'
export type { WrittenChain } from './core/chain-text.ts'
export { entryClosure, entryRoutes, entryScope, routeScope, wholeScope } from './core/load-scopes.ts'
export { chainsTo, shortestChain } from './core/import-chains.ts'
export type { ChainOptions } from './core/import-chains.ts'
export { savingsOf, staticReach } from './core/import-savings.ts'
export type { Cut, LoadScope } from './core/import-savings.ts'
export { STYLESHEET } from './core/file-kind.ts'
export { minimumCut } from './core/minimum-cut.ts'
export type { CutQuestion, ImportCut } from './core/minimum-cut.ts'
export { cleanId, displayId, isVirtual, normalize, packageOf, reportId } from './core/paths.ts'
export { indexReport } from './core/report-index.ts'
export type { ReportIndex } from './core/report-index.ts'
export { parseReport, readReport, reportFile, writeReport } from './adapters/report-file.ts'
export { listFiles } from '@paceline/kit'
export { contentHash, ownFiles, readEmitted, releaseOf, snapshot } from './adapters/dist-files.ts'
export { findRoutes } from './adapters/find-routes.ts'
export { readAppSources, withLines } from './adapters/module-lines.ts'
export { packageLookup } from './adapters/package-lookup.ts'
export { brotliCosts } from './core/attribution/brotli-costs.ts'
export { shareBytes } from './core/attribution/share-bytes.ts'
export { childNodes, identifier, isNode } from './core/routes/syntax.ts'
export type { SyntaxNode } from './core/routes/syntax.ts'
export { htmlLinks } from './core/html-links.ts'
export type { HtmlLinks } from './core/html-links.ts'
export { urlPath } from './core/route-loads.ts'
export { graphModules } from './emitted-chunks.ts'
export { charTableFile, readCharTable, writeCharTables } from './adapters/char-table-file.ts'
export { charTable, moduleAt } from './core/char-table.ts'
export type { CharTable } from './core/char-table.ts'
export { analyseManifest } from './adapters/manifest-build.ts'
export type { ManifestBuild } from './adapters/manifest-build.ts'
export { analyse } from './core/analyse.ts'
export type { AnalyseContext } from './core/analyse.ts'
export type {
  BuildInput,
  EmittedChunk,
  EmittedFile,
  EmittedStylesheet,
  GraphModule,
  ImportEdge,
  RouteTarget,
} from './core/build-input.ts'
export type { InstalledPackage } from './core/packages.ts'
export type { BuildGraphOptions, ResolvedBuildGraphOptions } from './options.ts'
export { buildGraph, findBuildGraph } from './plugin.ts'
export type { BuildGraphApi } from './plugin.ts'
export { BUNDLER_ID, CONTAINER_ID } from './report.ts'
export type {
  BudgetKind,
  BudgetResult,
  BudgetStatus,
  BuildReport,
  ChangedFile,
  DeliveredRelease,
  DeliveryReport,
  ReturningVisits,
  CacheCounts,
  CacheReport,
  CacheTierReport,
  ChainStep,
  ChunkEntry,
  CompressedFile,
  ImagesReport,
  ServiceWorkerReport,
  ReportedImage,
  ReportedVariant,
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
  RuleViolation,
  Sizes,
  SuppressedViolation,
  VitalsReport,
} from './report.ts'
export { verdictError } from './verdicts.ts'
export type { Verdict } from './verdicts.ts'
