import { hash } from 'node:crypto'
import type { InputDigest } from './artifact.ts'

/** The digest of an input, for {@link ArtifactRecipe.input}. SHA-256 in hex. */
export function digestOf(bytes: Uint8Array | string): InputDigest {
  return hash('sha256', bytes, 'hex') as InputDigest
}
