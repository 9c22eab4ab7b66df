import { artifactCache, findArtifactCache, type ArtifactCacheApi } from '@paceline/artifact-cache'

/** A cache that keeps nothing, with the scheduler of the real one. */
export function noCache(): ArtifactCacheApi {
  return findArtifactCache(artifactCache(false))!
}
