export type { LiveGraph, LiveModule, Scenario, Volatility } from './live-graph.ts'
export type { PlanOptions } from './options.ts'
export type { ChunkPlan, PlanFigures, PlannedChunk } from './plan.ts'
