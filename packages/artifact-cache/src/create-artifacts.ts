import type { Artifact, ArtifactJob, ArtifactRecipe, Artifacts } from './artifact.ts'
import { cacheKey } from './cache-key.ts'
import type { Scheduler } from './scheduler/scheduler.ts'
import type { ArtifactStore } from './store/open-artifact-store.ts'

/** Work that was asked for in advance, and may be waited for since. */
interface EarlyWork {
  job: ArtifactJob
}

/** A store whose misses go through a scheduler. */
export function createArtifacts(store: Pick<ArtifactStore, 'make' | 'find'>, scheduler: Scheduler): Artifacts {
  const early = new Map<string, EarlyWork>()
  /** Any namespace does: these keys never leave the process. */
  const keyOf = (recipe: ArtifactRecipe): string => cacheKey('early', recipe)

  async function makeNow(recipe: ArtifactRecipe, work: EarlyWork): Promise<Artifact> {
    return store.make(recipe, async () => {
      const { result, ms } = await scheduler.run(work.job)
      return { artifact: result, ms }
    })
  }

  /** It may be in the queue already, or still be looked for in the tiers. */
  function promote(recipe: ArtifactRecipe): void {
    const work = early.get(keyOf(recipe))
    if (!work) return
    scheduler.promote(work.job)
    work.job = { ...work.job, priority: 'build' }
  }

  return {
    async make(recipe: ArtifactRecipe, job: ArtifactJob) {
      if (job.priority !== 'later') {
        if (early.size > 0) promote(recipe)
        return makeNow(recipe, { job })
      }
      const key = keyOf(recipe)
      const work = early.get(key) ?? { job }
      early.set(key, work)
      return makeNow(recipe, work).finally(() => early.delete(key))
    },
    find: (recipe) => store.find(recipe),
  }
}
