import type { Plugin } from 'vite'
import type { Encoding } from '@paceline/kit'
import type { EncodeContent } from './dist-files.ts'

/** What the artifact cache offers; this package works without it. */
interface EncodingCache {
  encode?(request: {
    readonly file: string
    readonly content: Uint8Array
    readonly encoding: Encoding
  }): ReturnType<EncodeContent>
}

/** Encodes by way of the artifact cache of a config, when it has one: what has no sibling is measured in every build. */
export function cachedEncoding(plugins: readonly Plugin[]): EncodeContent | undefined {
  const api = plugins.find(({ name }) => name === 'paceline:artifact-cache')?.api as EncodingCache | undefined
  if (!api?.encode) return undefined
  return (file, content, encoding) => api.encode!({ file, content, encoding })
}
