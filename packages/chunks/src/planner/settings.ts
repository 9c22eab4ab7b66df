import type { LiveModule } from '../live-graph.ts'
import type { ChunkPlan } from '../plan.ts'

/** What the planner is asked for. */
export interface PlanSettings {
  readonly strategy: 'planned' | 'vendor'
  /** Share of visits with an earlier release in the cache, 0–1. */
  readonly returning: number
  /** Requests that count, but are not for chunks of the plan: the bundler's own helpers. */
  readonly reserved?: number
  /** Chunks of the entry closure, at most. */
  readonly maxInitialRequests: number
  /** Chunks of a scenario, at most. */
  readonly maxRouteRequests: number
  /** Bytes (brotli) below which a chunk is joined with another where laziness and order allow it. */
  readonly minChunkSize: number
  /** File names must not change when the content did not: somebody asked for it, and it may cost something. */
  readonly stable: boolean
  /** Whether chunks name each other by keys of an import map, which stay the same. */
  readonly mapped?: boolean
  /** Package → share of the updates of packages that touch it, where that is known and more than {@link UPDATED_PACKAGE}. */
  readonly updates?: ReadonlyMap<string, number>
  /** The first that matches a module counts. */
  readonly groups: readonly ModuleGroup[]
  /** Names are taken over from it where most bytes agree. */
  readonly previous?: ChunkPlan
  /** Scenario → what a first load may cost where that is more than with the default's chunks as the planner knows them. */
  readonly ceilings?: ReadonlyMap<string, Ceiling>
}

/** By the planner's own estimate. */
export interface Ceiling {
  readonly bytes: number
  readonly requests: number
}

export interface ModuleGroup {
  readonly name: string
  matches(module: LiveModule): boolean
}

/**
 * What one more request costs, in bytes that could be sent in its time: 0.9–2.6 kB on slow 4G over HTTP/2.
 */
export const REQUEST_BYTES = 1500

/** Share of a scenario's own bytes that it may load without needing them. The bench allows 0.5 %. */
export const MAX_WASTE = 0.004

/** How many times the default's bytes a first load may have where file names have to be stable. */
export const STABLE_BYTES = 1.015

/** How many times the default's bytes a first load may have where another can keep to its limit of requests only so. */
export const LIMIT_BYTES = 1.002

/** Bytes that joins may lift a scenario above the default's for a while, for the sake of later joins. */
export const ROOM_BYTES = 450

/** Below it chunks are joined by default; nobody asked for more. */
export const USUAL_CHUNK_SIZE = 2000

/** Weight of an `import()` that is no page, relative to the mean page: it is loaded after a click, if at all. */
export const NESTED_WEIGHT = 0.1

/**
 * Chance that the next release brings packages up to date, and that any one of them is among those. Geometric means over the last 300
 * commits of the lockfiles and sources of Flowise, shadcn-admin, v3-admin-vite, OpenList and Oxc's playground: 4–54 % of releases, 0.7–12 % of the
 * packages.
 */
export const UPDATE_CHANCE = 0.15
export const UPDATED_PACKAGE = 0.06
/** The helpers of the bundler change with its version. */
export const RUNTIME_CHURN = 0.01
/** A module with `import()` holds file names of other chunks, where no import map has them. */
export const NAMES_CHURN = 0.9
/** Bytes of application code of which half the releases change something. */
export const APP_HALF_CHANGED = 40_000
/** Application code is cut into pieces of this size before it is planned, brotli bytes. */
export const SEGMENT_BYTES = 8_000
