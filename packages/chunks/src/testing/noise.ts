import { createHash } from 'node:crypto'

/** Text that does not compress, the same in every run. */
export function noise(seed: number): string {
  const hashes = Array.from({ length: 60 }, (_, index) => createHash('sha256').update(`${seed}/${index}`))
  return hashes.map((hash) => hash.digest('base64')).join('')
}
