import { runFrom } from './source-graph.ts'
import type { Loading } from './loaded-chunks.ts'
import type { OutputGraph } from './output-graph.ts'

/**
 * The chunks of a loading in the order of their stylesheets in the page: as they run, but what is nothing but stylesheets comes
 * behind the chunk that imports it.
 */
export function styleOrder({ output, chunkImports }: OutputGraph, { root, chunks }: Loading): readonly number[] {
  const isAlone = (chunk: number): boolean => output.chunks[chunk]!.onlyStyles === true
  if (!chunks.some(isAlone)) return chunks
  const loaded = new Set(chunks)
  const scripts = chunkImports.map((targets) => targets.filter((target) => !isAlone(target)))
  const run = runFrom(scripts, root.chunk, new Uint8Array(chunkImports.length))
  const order = run.flatMap((chunk) => [chunk, ...chunkImports[chunk]!.filter(isAlone)])
  return [...new Set(order)].filter((chunk) => loaded.has(chunk))
}
