import type { Artifact, ArtifactRecipe, Artifacts } from '@paceline/artifact-cache'

/** Artifacts that are kept in memory only, and the labels of what was made. */
export interface DirectArtifacts extends Artifacts {
  readonly made: string[]
}

export function directArtifacts(): DirectArtifacts {
  const known = new Map<string, Promise<Artifact>>()
  const made: string[] = []
  const keyOf = (recipe: ArtifactRecipe): string => JSON.stringify(recipe)
  return {
    made,
    make(recipe, job) {
      const key = keyOf(recipe)
      const artifact = known.get(key) ?? (made.push(job.label), job.work())
      known.set(key, artifact)
      return artifact
    },
    find: (recipe) => known.get(keyOf(recipe)) ?? Promise.resolve(undefined),
  }
}
