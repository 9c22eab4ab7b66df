import { hash } from 'node:crypto'
import type { ArtifactRecipe } from '@paceline/artifact-cache'

/**
 * The ETag of what a recipe gives (RFC 9110, 8.8.3): of everything that decides the bytes, versions of the encoders included, as in the key of the
 * cache. One recipe, one content.
 */
export function etagOf({ kind, schema, input, settings }: ArtifactRecipe): string {
  return `"${hash('sha256', JSON.stringify([kind, schema, input, settings]), 'hex').slice(0, 32)}"`
}
