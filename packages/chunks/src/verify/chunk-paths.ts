import type { ChunkStep, SourceStep } from './chunk-fault.ts'
import type { OutputGraph } from './output-graph.ts'

/** A shortest way from one chunk to another over static imports, no step when they are the same. */
export function chunkPath(
  graph: OutputGraph,
  from: number,
  to: number,
  within: (chunk: number) => boolean = () => true,
): ChunkStep[] | undefined {
  const parents = new Map([[from, from]])
  for (const chunk of parents.keys()) {
    if (chunk === to) return stepsTo(graph, parents, to)
    for (const target of graph.chunkImports[chunk]!) {
      if (!parents.has(target) && within(target)) parents.set(target, chunk)
    }
  }
  return undefined
}

function stepsTo(graph: OutputGraph, parents: ReadonlyMap<number, number>, target: number): ChunkStep[] {
  const steps: ChunkStep[] = []
  for (let to = target, from = parents.get(to)!; from !== to; to = from, from = parents.get(to)!) {
    steps.push(chunkStep(graph, from, to))
  }
  return steps.toReversed()
}

/** @param cause the import to name; the first one that leads from the one chunk into the other, if it is not said */
export function chunkStep(graph: OutputGraph, from: number, to: number, cause?: readonly [number, number]): ChunkStep {
  const { chunks } = graph.output
  const because = cause ?? importsBetween(graph, from, to)[0]
  return {
    from: chunks[from]!.file,
    to: chunks[to]!.file,
    ...(because && { because: sourceStep(graph, ...because) }),
  }
}

/** Imports of the source that lead from one chunk into another. */
export function importsBetween(
  { chunks, chunkOf, imports }: OutputGraph,
  from: number,
  to: number,
): [number, number][] {
  return chunks[from]!.flatMap((module) =>
    imports[module]!.flatMap((target): [number, number][] => (chunkOf[target] === to ? [[module, target]] : [])),
  )
}

function sourceStep({ source }: OutputGraph, importer: number, importee: number): SourceStep {
  return { importer: source.ids[importer]!, importee: source.ids[importee]!, kind: 'static' }
}
