import { parseSrcset, stringifySrcset, type SrcSetDefinition } from 'srcset'
import { largest, type FindReplacement, type TypedFiles } from '../replacement.ts'

/** A `srcset` in the fallback's format, and one for each better format that all of its candidates have. */
export interface SrcsetReplacement {
  readonly fallback: string
  readonly sources: readonly { readonly type: string; readonly srcset: string }[]
  readonly isFinal: boolean
}

/**
 * Replaces the candidates of a `srcset`, each by the same picture in the same width. A better format counts only where every
 * candidate has it: a browser that takes the source sees no other candidates.
 *
 * @returns nothing when no candidate is ours, or when the attribute cannot be read
 */
export async function replaceSrcset(srcset: string, find: FindReplacement): Promise<SrcsetReplacement | undefined> {
  const candidates = parsed(srcset)
  const found = await Promise.all(candidates.map(({ url }) => find(url, 'own')))
  if (!found.some((one) => one !== undefined)) return undefined
  const typesOf = (sources: readonly TypedFiles[] = []): string[] => sources.map(({ type }) => type)
  const isFinal = found.some((one) => one?.isFinal === true)
  // One attribute is for Vite to read, or not: never both.
  const isMixed = isFinal && !found.every((one) => one?.isFinal === true)
  const types = (isMixed ? [] : typesOf(found[0]?.sources)).filter((type) =>
    found.every((one) => typesOf(one?.sources).includes(type)),
  )
  const written = (urlOf: (position: number) => string): string =>
    stringifySrcset(candidates.map((candidate, position) => ({ ...candidate, url: urlOf(position) })))
  return {
    isFinal,
    fallback: written((position) => {
      const one = found[position]
      return one ? largest(one.fallback).url : candidates[position]!.url
    }),
    sources: types.map((type) => ({
      type,
      srcset: written((position) => largest(found[position]!.sources.find((source) => source.type === type)!).url),
    })),
  }
}

/** What cannot be read stays as it is: Vite says what is wrong with it. */
function parsed(srcset: string): SrcSetDefinition[] {
  try {
    return parseSrcset(srcset, { strict: true })
  } catch {
    return []
  }
}
