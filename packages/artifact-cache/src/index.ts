export type {
  Artifact,
  ArtifactJob,
  ArtifactRecipe,
  Artifacts,
  InputDigest,
  Job,
  Json,
  JsonObject,
} from './artifact.ts'
export { digestOf } from './digest-of.ts'
export type { KnownInputs, NotedInput } from './disk/input-digests.ts'
export { artifactCache, findArtifactCache } from './plugin.ts'
export type { ArtifactCacheApi } from './plugin.ts'
export type { CacheOptions, RedisOptions, ResolvedCacheOptions, ResolvedRedisOptions } from './options.ts'
export { checkCacheOptions, resolveCacheOptions } from './resolve-options.ts'
export type { CacheSurroundings } from './resolve-options.ts'
export type { CacheLimits } from './disk/plan-eviction.ts'
export type { PruneResult } from './disk/prune-disk.ts'
export { clearCache, inspectCache, pruneCache } from './store/inspect-cache.ts'
export type { Amount, ClearedTier, TierContents } from './store/inspect-cache.ts'
export type { EncodedContent, EncodeRequest } from './encode-artifact.ts'
export { createScheduler } from './scheduler/scheduler.ts'
export type { Finished, Scheduler, SchedulerOptions } from './scheduler/scheduler.ts'
export type { Progress } from './scheduler/work-log.ts'
export { shareCache } from './store/share-cache.ts'
export { openArtifactStore } from './store/open-artifact-store.ts'
export type { ArtifactStore, MadeArtifact, StoreListener } from './store/open-artifact-store.ts'
export type { CacheStatistics, KindStatistics, TierStatistics } from './store/statistics.ts'
