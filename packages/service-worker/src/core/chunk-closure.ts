/** What has to be known of a chunk to say what is loaded with it. Files are relative to the output directory. */
export interface ChunkFiles {
  readonly file: string
  readonly isEntry: boolean
  readonly modules: readonly string[]
  readonly imports: readonly string[]
  readonly css: readonly string[]
  readonly assets: readonly string[]
}

/** What a browser loads when it starts with these files: chunks, what they import statically, and their stylesheets. */
export function closureOf(
  starts: Iterable<string>,
  chunks: ReadonlyMap<string, ChunkFiles>,
): { readonly code: Set<string>; readonly assets: Set<string> } {
  const code = new Set(starts)
  const assets = new Set<string>()
  for (const file of code) {
    const chunk = chunks.get(file)
    for (const next of [...(chunk?.imports ?? []), ...(chunk?.css ?? [])]) code.add(next)
    for (const asset of chunk?.assets ?? []) assets.add(asset)
  }
  return { code, assets }
}
