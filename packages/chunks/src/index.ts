export type { LiveGraph, LiveModule, Scenario, Volatility } from './live-graph.ts'
export type { PlanOptions } from './options.ts'
export type { ChunkPlan, PlanFigures, PlannedChunk } from './plan.ts'
export { changedSettings, checkPlacement } from './plan-file/check-placement.ts'
export { driftMessage, driftOf, parseDrift } from './plan-file/drift.ts'
export type { Drift, MeasuredRoute } from './plan-file/drift.ts'
export { formatPlan } from './plan-file/format-plan.ts'
export { parsePlan } from './plan-file/parse-plan.ts'
export type { BundledModule } from './plan-file/placement/bundled-graph.ts'
export { placeModules } from './plan-file/placement/place-modules.ts'
export type { Placement } from './plan-file/placement/place-modules.ts'
export { readPlan, writePlan } from './plan-file/plan-file.ts'
export { storePlan } from './plan-file/store-plan.ts'
export type { PlanExtras } from './plan-file/store-plan.ts'
export type { RouteExpectation, Setting, StoredChunk, StoredPlan, StoredSettings } from './plan-file/stored-plan.ts'
export { analyseLiveGraph } from './analysis/analyse-live-graph.ts'
export type { Analysis, AnalysisRequest } from './analysis/analyse-live-graph.ts'
export { findChunks } from './find-chunks.ts'
export type { ChunksApi } from './find-chunks.ts'
export { measuredRoutes, withMeasured } from './finish-plan.ts'
export { planApp } from './plan-app.ts'
export type { PlannedBuild, PlanRequest } from './plan-app.ts'
export { chunks } from './plugin.ts'
export { resolveChunksOptions } from './resolve-options.ts'
export type { ChunksOptions, ResolvedPlanOptions } from './resolve-options.ts'
export { formatRules } from './rules/format-rules.ts'
export type { FormatRulesOptions } from './rules/format-rules.ts'
export type {
  CircularSettings,
  DepthSettings,
  DuplicatesSettings,
  ForbiddenEntry,
  ForbiddenSettings,
  LayerRule,
  LayersSettings,
  LazySettings,
  RequestsSettings,
  RuleOption,
  RuleOptions,
  RuleSettings,
  RuleSeverity,
  ServerCodeSettings,
  Suppression,
  TinyChunksSettings,
  WaterfallsSettings,
  WeightSettings,
} from './rules/options.ts'
export type { ResolvedRules } from './rules/resolve-rules.ts'
export { findRules } from './rules/rules-plugin.ts'
export type { RulesApi } from './rules/rules-plugin.ts'
