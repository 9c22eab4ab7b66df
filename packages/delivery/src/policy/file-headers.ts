import type { DeliveredFile, DeliveryManifest } from '../manifest.ts'
import type { Headers } from './assign-policies.ts'

/**
 * All headers that the answer for a file has in whatever encoding, but those of its body (length, encoding, ETag): its type, its policy,
 * what it varies by, and what it is a dictionary for.
 */
export function fileHeaders(manifest: Pick<DeliveryManifest, 'policies'>, file: DeliveredFile): Headers {
  const policy = manifest.policies[file.policy] ?? {}
  const vary = joinVary(policy['vary'], varyOf(file))
  return {
    'content-type': file.type,
    ...policy,
    ...(vary === undefined ? {} : { vary }),
    ...(file.dictionaryFor === undefined ? {} : { 'use-as-dictionary': useAsDictionary(file.dictionaryFor) }),
  }
}

/** Headers of a request that decide what is answered: a cache in between must keep the answers apart. */
export function varyOf(file: Pick<DeliveredFile, 'deltas' | 'encodings' | 'formats'>): readonly string[] {
  const encodes = (file.encodings?.length ?? 0) > 0
  const hasDeltas = (file.deltas?.length ?? 0) > 0
  return [
    ...((file.formats?.length ?? 0) > 0 ? ['Accept'] : []),
    ...(encodes || hasDeltas ? ['Accept-Encoding'] : []),
    ...(hasDeltas ? ['Available-Dictionary'] : []),
  ]
}

/** Value of `Use-As-Dictionary` (RFC 9842): the pattern as a string of structured fields, whose `\` and `"` are escaped. */
export function useAsDictionary(pattern: string): string {
  return `match="${pattern.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}

function joinVary(written: string | undefined, own: readonly string[]): string | undefined {
  const names = [...(written?.split(',').map((name) => name.trim()) ?? []), ...own]
  const unique = names.filter(
    (name, index) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === index,
  )
  return unique.length === 0 ? undefined : unique.join(', ')
}
