import { randomBytes } from 'node:crypto'
import type { ArtifactRecipe, JsonObject } from '../artifact.ts'
import { digestOf } from '../digest-of.ts'
import type { ResolvedRedisOptions } from '../options.ts'
import { showUrl } from '../redis/redis-url.ts'
import type { StoredArtifact } from '../tiers/tier.ts'

/** A recipe of an input. */
export function recipe(input: string, kind = 'brotli', settings: JsonObject = { quality: 11 }): ArtifactRecipe {
  return { kind, schema: 1, input: digestOf(input), settings }
}

/** An artifact whose bytes nobody has seen before. */
export function artifact(length = 100, info: JsonObject = { width: 960 }): StoredArtifact {
  return { bytes: randomBytes(length), info, ms: 12.5 }
}

/** Options for a server of a test. */
export function redisOptions(url: string, more: Partial<ResolvedRedisOptions> = {}): ResolvedRedisOptions {
  return { url, shown: showUrl(url), timeout: 500, ttl: 3600, cluster: false, ...more }
}
