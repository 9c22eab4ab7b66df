import { findComponents } from '../planner/components.ts'
import type { ChunkCycle } from './chunk-fault.ts'
import { chunkPath, chunkStep, importsBetween } from './chunk-paths.ts'
import type { Loading } from './loaded-chunks.ts'
import type { OutputGraph } from './output-graph.ts'
import { runFrom } from './source-graph.ts'

/** An import between two chunks of a circle that is not fulfilled when the importer runs. */
interface Broken {
  readonly loading: Loading
  readonly importer: number
  readonly imported: number
  readonly reason: ChunkCycle['reason']
  /** The import of the source behind it. */
  readonly cause: readonly [number, number] | undefined
}

/**
 * Circles of chunks. In a circle one chunk runs before another that it imports; that is harmless when the modules behind it are a circle
 * in the source and run in the same order there, and when the chunk uses nothing of the other while it starts. One
 * fault per circle, the most harmful.
 */
export function chunkCycles(graph: OutputGraph, all: readonly Loading[]): ChunkCycle[] {
  const { members } = findComponents(graph.chunkImports)
  const circles = members.filter((chunks) => chunks.length > 1)
  return circles.flatMap((chunks) => {
    const circle = new Set(chunks)
    const broken = all.flatMap((loading) => brokenImports(graph, loading, circle))
    const worst = broken.find(({ reason }) => reason === 'runs-before-its-import') ?? broken[0]
    return worst ? [describe(graph, circle, worst)] : []
  })
}

function brokenImports(graph: OutputGraph, loading: Loading, circle: ReadonlySet<number>): Broken[] {
  const position = new Map(loading.chunks.map((chunk, index) => [chunk, index]))
  const inCircle = loading.chunks.filter((chunk) => circle.has(chunk))
  const late = inCircle.flatMap((importer) =>
    graph.chunkImports[importer]!.flatMap((imported) =>
      (position.get(imported) ?? -1) > position.get(importer)! ? [{ importer, imported }] : [],
    ),
  )
  if (late.length === 0) return []
  const inSource = new Map(
    runFrom(graph.kept, loading.root.module, new Uint8Array(graph.source.ids.length)).map((module, index) => [
      module,
      index,
    ]),
  )
  const runsBefore = ([importer, imported]: readonly [number, number]): boolean =>
    inSource.get(importer)! < inSource.get(imported)!
  return late.map(({ importer, imported }): Broken => {
    const causes = importsBetween(graph, importer, imported)
    const changed = causes.find((cause) => !runsBefore(cause))
    const { chunks, usesWhileStarting } = graph.output
    let reason: ChunkCycle['reason'] = 'as-in-source'
    if (changed || causes.length === 0) {
      const isUsed = usesWhileStarting(chunks[importer]!.file, chunks[imported]!.file)
      reason = isUsed ? 'runs-before-its-import' : 'used-later'
    }
    return { loading, importer, imported, reason, cause: changed ?? causes[0] }
  })
}

function describe(
  graph: OutputGraph,
  circle: ReadonlySet<number>,
  { loading, importer, imported, reason, cause }: Broken,
): ChunkCycle {
  const around = chunkPath(graph, imported, importer, (chunk) => circle.has(chunk)) ?? []
  return {
    kind: 'cycle',
    harmful: reason === 'runs-before-its-import',
    reason,
    root: graph.source.ids[loading.root.module]!,
    steps: [...around, chunkStep(graph, importer, imported, cause)],
  }
}
