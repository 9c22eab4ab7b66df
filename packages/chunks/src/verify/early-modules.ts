import type { ChunkStep, EarlyModules } from './chunk-fault.ts'
import { chunkPath } from './chunk-paths.ts'
import type { Loading } from './loaded-chunks.ts'
import { isHelper, type OutputGraph } from './output-graph.ts'
import { runFrom, shortestPath } from './source-graph.ts'

/**
 * Modules that run when a root is loaded although nothing imports them from there: the chunk they lie in has others that are
 * needed. One fault per root and chunk. With stylesheets that is what options for chunks made of them: rules apply before anybody asked for them.
 */
export function earlyModules(graph: OutputGraph, all: readonly Loading[]): EarlyModules[] {
  return all.flatMap(({ root, chunks }) => {
    const meant = new Uint8Array(graph.source.ids.length)
    runFrom(graph.imports, root.module, meant)
    return chunks.flatMap((chunk) => {
      const early = graph.chunks[chunk]!.filter((module) => meant[module] === 0 && !isHelper(graph, module))
      if (early.length === 0) return []
      // CommonJS lies anywhere, and runs with who requires it.
      const required = graph.chunks[chunk]!.flatMap((module) => graph.required(module))
      const run = new Set(required.filter((module) => meant[module] === 0))
      return [describe(graph, root, chunk, early, run)]
    })
  })
}

function describe(
  graph: OutputGraph,
  root: Loading['root'],
  chunk: number,
  early: readonly number[],
  required: ReadonlySet<number>,
): EarlyModules {
  const { ids } = graph.source
  const { output } = graph
  const isApplied = (module: number): boolean => output.grouped && output.hasGlobalStyles?.(ids[module]!) === true
  const noticed = [
    ...early.filter((module) => output.hasEffects(ids[module]!) || isApplied(module)),
    ...[...required].filter((module) => output.hasEffectsInside?.(ids[module]!) === true),
  ]
  const modules = noticed.length > 0 ? noticed : early
  const harmful = noticed.length > 0
  // Of bytes for nothing nobody is told how they came along, and there may be many.
  const loadedBy: ChunkStep[] = harmful ? (chunkPath(graph, root.chunk, chunk) ?? []) : []
  return {
    kind: 'early',
    harmful,
    styles: harmful && noticed.every(isApplied),
    root: ids[root.module]!,
    chunk: output.chunks[chunk]!.file,
    modules: modules.map((module) => ids[module]!),
    loadedBy,
    meantBy: harmful ? (shortestPath(graph.source, root.module, modules[0]!) ?? []) : [],
  }
}
