import type { LiveGraph, LiveModule } from '../live-graph.ts'
import { defaultPartition } from '../planner/default-partition.ts'
import { orderedImports, runChunks } from '../planner/execution-order.ts'
import type { OutputGraph, Root } from './output-graph.ts'

/**
 * The order in which the modules of a root would run without any options for chunks. The bundlers themselves change the order of the
 * source: what two pages share goes into a chunk of its own, which runs before the rest of both.
 */
export function defaultOrder(graph: OutputGraph): (root: Root) => number[] {
  const kept = graph.source.order.filter((module) => graph.chunkOf[module] !== -1)
  const position = new Map(kept.map((module, index) => [module, index]))
  const live = liveGraph(graph, kept, position)
  const partition = defaultPartition(live)
  const leads = graph.roots.flatMap((root) => position.get(root.module) ?? [])
  const imports = orderedImports(live, partition, graph.output.bundler, leads)
  return (root) => {
    const start = position.get(root.module)
    if (start === undefined) return []
    return runChunks(partition, imports, [start]).flatMap((chunk) =>
      partition.chunks[chunk]!.map((module) => kept[module]!),
    )
  }
}

function liveGraph(graph: OutputGraph, kept: readonly number[], position: ReadonlyMap<number, number>): LiveGraph {
  const { source, imports, roots } = graph
  const places = (modules: readonly number[]): number[] => modules.flatMap((module) => position.get(module) ?? [])
  const asked = new Set(roots.map((root) => root.module))
  const modules = kept.map((module): LiveModule => ({
    id: source.ids[module]!,
    key: source.ids[module]!,
    kind: 'js',
    // Only the planner looks at these.
    size: { raw: 0, brotli: 0 },
    effects: true,
    volatility: 'app',
    imports: places(imports[module]!),
    dynamicImports: places(source.dynamicImports[module]!.filter((target) => asked.has(target))),
  }))
  const entries = places(roots.filter((root) => root.entry).map((root) => root.module))
  return { modules, entries, scenarios: [{ id: '', weight: 1, roots: entries }] }
}
