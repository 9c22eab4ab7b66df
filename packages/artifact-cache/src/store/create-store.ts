import type { Artifact, ArtifactRecipe } from '../artifact.ts'
import { cacheError } from '../errors.ts'
import type { CacheTier, StoredArtifact } from '../tiers/tier.ts'
import type { ArtifactStore, MadeArtifact } from './open-artifact-store.ts'
import { countStatistics } from './statistics.ts'

export interface StoreParts {
  readonly keyOf: (recipe: ArtifactRecipe) => string
  /** Near to far. */
  readonly tiers: readonly CacheTier[]
  readonly warn: (message: string) => void
}

const MOST_INFO = 4096

/** A store over any tiers. */
export function createStore({ keyOf, tiers, warn }: StoreParts): Omit<ArtifactStore, 'pruneWhenDue'> {
  const underWay = new Map<string, Promise<Artifact>>()
  let counter = countStatistics()
  const warned = new Set<CacheTier>()

  /** A tier that fails is a tier without the entry: no build fails for its cache. */
  async function attempt<Result>(
    tier: CacheTier,
    failed: () => void,
    work: () => Promise<Result>,
  ): Promise<Result | undefined> {
    try {
      return await work()
    } catch (error) {
      failed()
      if (!warned.has(tier)) warn(describeFailure(tier, error))
      warned.add(tier)
      return undefined
    }
  }

  async function put(into: readonly CacheTier[], kind: string, key: string, artifact: StoredArtifact): Promise<void> {
    await Promise.all(
      into.map(async (tier) => {
        // What fails in the background belongs to the statistics in which it was counted.
        const counting = counter
        const failed = (): void => counting.error(tier, kind)
        const lost = (): void => counting.lost(tier, kind, artifact.bytes.byteLength)
        const bytes = await attempt(tier, failed, () => tier.put(key, artifact, lost))
        // Of results that the tier does not take nothing is written.
        if (bytes) counting.written(tier, kind, bytes)
      }),
    )
  }

  /** Looks into the tiers, near to far. What a far one had is put into the nearer ones. */
  async function look(kind: string, key: string): Promise<StoredArtifact | undefined> {
    for (const [distance, tier] of tiers.entries()) {
      let isAnswered = true
      const failed = (): void => {
        isAnswered = false
        counter.error(tier, kind)
      }
      const unasked = (): void => void (isAnswered = false)
      const found = await attempt(tier, failed, () => tier.get(key, { failed, unasked }))
      if (found !== undefined && found !== 'damaged') {
        counter.hit(tier, kind, found)
        await put(tiers.slice(0, distance), kind, key, found)
        return found
      }
      if (found === 'damaged') counter.damaged(tier, kind)
      if (isAnswered) counter.miss(tier, kind)
    }
    return undefined
  }

  async function makeNow({ kind }: ArtifactRecipe, key: string, run: () => Promise<MadeArtifact>): Promise<Artifact> {
    const { artifact, ms } = await run()
    const { bytes, info } = artifact
    const length = Buffer.byteLength(JSON.stringify(info))
    if (length > MOST_INFO) throw cacheError('PACELINE_CACHE_INFO_TOO_LARGE', [kind, length])
    counter.made(kind, ms)
    await put(tiers, kind, key, { bytes, info, ms: Math.round(ms * 10) / 10 })
    return artifact
  }

  /** One request at a time for each key: the others get what the first one gets. */
  function alone(key: string, work: () => Promise<Artifact>): Promise<Artifact> {
    const running = underWay.get(key)
    if (running) {
      counter.shared()
      return running
    }
    const started = work().finally(() => underWay.delete(key))
    underWay.set(key, started)
    return started
  }

  return {
    async make(recipe, run) {
      const key = keyOf(recipe)
      return alone(key, async () => (await look(recipe.kind, key)) ?? makeNow(recipe, key, run))
    },
    async find(recipe) {
      const key = keyOf(recipe)
      return (await look(recipe.kind, key)) ?? undefined
    },
    statistics: () => counter.read(tiers),
    takeStatistics() {
      const statistics = counter.read(tiers)
      counter = countStatistics()
      return statistics
    },
    async settle() {
      await Promise.allSettled(underWay.values())
      await Promise.all(tiers.map((tier) => tier.settle()))
    },
    async close() {
      await Promise.all(tiers.map((tier) => tier.close()))
    },
  }
}

function describeFailure(tier: CacheTier, error: unknown): string {
  const { message } = error as Error
  return `\`cache\` cannot use its ${tier.name === 'disk' ? 'directory' : tier.name}; ${message}. The build goes on without what it cannot keep.`
}
