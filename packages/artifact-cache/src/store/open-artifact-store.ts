import type { Artifact, ArtifactRecipe } from '../artifact.ts'
import { cacheKey } from '../cache-key.ts'
import { diskTier } from '../disk/disk-tier.ts'
import type { ResolvedCacheOptions } from '../options.ts'
import { redisTier } from '../redis/redis-tier.ts'
import type { PruneResult } from '../disk/prune-disk.ts'
import { isDue, readStamp, writeStamp } from '../disk/prune-stamp.ts'
import type { CacheTier } from '../tiers/tier.ts'
import { pruneCache } from './inspect-cache.ts'
import { createStore } from './create-store.ts'
import type { CacheStatistics } from './statistics.ts'

/** What the scheduler puts into the store: the artifact, and the milliseconds it took to make. */
export interface MadeArtifact {
  readonly artifact: Artifact
  readonly ms: number
}

/** The cache of one project: its tiers, near to far, behind one interface. */
export interface ArtifactStore {
  /**
   * The artifact of a recipe, from the nearest tier that has it, else made by `run`, and then put into all tiers. Requests for one recipe
   * at the same time share one piece of work, and the same bytes: nobody writes into them.
   *
   * @throws what `run` throws; nothing is stored then
   */
  make(recipe: ArtifactRecipe, run: () => Promise<MadeArtifact>): Promise<Artifact>
  /** The artifact if a tier has it. */
  find(recipe: ArtifactRecipe): Promise<Artifact | undefined>
  statistics(): CacheStatistics
  /** The statistics, which begin anew: at the end of one of several builds. */
  takeStatistics(): CacheStatistics
  /** Waits until what is on its way to the tiers has arrived, or has failed. */
  settle(): Promise<void>
  /**
   * Brings the directory under its limits when it is over its size, or when a day has gone by since. For the end of a build, after {@link settle}.
   *
   * @returns nothing when it was not time
   */
  pruneWhenDue(): Promise<PruneResult | undefined>
  /** Lets go of connections, after {@link settle}. The store opens them again when it is used again. */
  close(): Promise<void>
}

/** Who is told what the user must know, once. */
export interface StoreListener {
  warn(message: string): void
}

/**
 * Opens the cache of a project. Nothing is read, written or connected before the first request.
 *
 * @param options nothing: the cache is turned off, requests at the same time still share their work
 */
export function openArtifactStore(options: ResolvedCacheOptions | undefined, listener: StoreListener): ArtifactStore {
  const warn = (message: string): void => listener.warn(message)
  if (!options) {
    const store = createStore({ keyOf: (recipe) => cacheKey('off', recipe), tiers: [], warn })
    return { ...store, pruneWhenDue: async () => undefined }
  }
  const disk = diskTier(options.dir)
  let written = 0
  const counting: CacheTier = {
    ...disk,
    async put(key, artifact) {
      const bytes = await disk.put(key, artifact)
      written += bytes
      return bytes
    },
  }
  const store = createStore({
    keyOf: (recipe) => cacheKey(options.namespace, recipe),
    tiers: [counting, ...(options.redis ? [redisTier(options.redis, warn)] : [])],
    warn,
  })
  return {
    ...store,
    async pruneWhenDue() {
      const added = written
      written = 0
      return pruneWhenDue(options, added)
    },
  }
}

/** A cache that cannot be pruned, on a file system that is read only for instance, is no reason to fail. */
async function pruneWhenDue(options: ResolvedCacheOptions, added: number): Promise<PruneResult | undefined> {
  const { dir, maxSize } = options
  try {
    const stamp = await readStamp(dir)
    const now = Date.now()
    const next = { prunedAt: stamp?.prunedAt ?? now, bytes: (stamp?.bytes ?? 0) + added }
    // Some room is made at once: otherwise every build from now on would be over the size again.
    if (isDue(next, maxSize, now)) return await pruneCache(options, { maxSize: Math.floor(maxSize * 0.9) })
    if (added > 0) await writeStamp(dir, next)
  } catch {
    // What stops it here, stops the cache in plain sight elsewhere.
  }
  return undefined
}
