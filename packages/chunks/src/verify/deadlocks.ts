import { findComponents } from '../planner/components.ts'
import type { ChunkStep, Deadlock } from './chunk-fault.ts'
import { chunkPath } from './chunk-paths.ts'
import { defaultChunks } from './default-chunks.ts'
import type { OutputGraph } from './output-graph.ts'

/** A module that waits at its top level until what it loads with `import()` has run. */
interface Wait {
  readonly module: number
  readonly target: number
  readonly from: number
  readonly to: number
}

/**
 * Chunks that wait for each other for ever: one awaits an `import()` at its top level, and what is loaded imports the waiting chunk, or
 * waits in turn for something that does. One fault per knot. What the bundler does so by itself, because the source says so, is left out.
 */
export function deadlocks(graph: OutputGraph): Deadlock[] {
  const { chunkImports, source } = graph
  const all = findWaits(graph)
  if (all.length === 0) return []
  const waiting = withWaits(chunkImports, all)
  const { of } = findComponents(waiting)
  const stuck = all.filter(({ from, to }) => of[from] === of[to])
  const isUsual = stuck.length === 0 ? () => true : stuckByDefault(graph, all)
  const knots = Map.groupBy(
    stuck.filter((wait) => !isUsual(wait)),
    ({ from }) => of[from],
  )
  return [...knots.values()].map(([first]) => {
    const { module, target, from, to } = first!
    const back = chunkPath({ ...graph, chunkImports: waiting }, to, from) ?? []
    return {
      kind: 'deadlock',
      harmful: true,
      module: source.ids[module]!,
      target: source.ids[target]!,
      steps: [waitStep(graph, first!), ...back.map((step) => (step.because ? step : stepOf(graph, all, step)))],
    }
  })
}

function findWaits({ chunks, source, roots, output }: OutputGraph): Wait[] {
  const { awaited } = output
  if (!awaited) return []
  const rootOf = new Map(roots.map((root) => [root.module, root.chunk]))
  return chunks.flatMap((modules, from) =>
    modules.flatMap((module) => {
      const targets = source.dynamicImports[module]!.filter((target) => rootOf.has(target))
      if (targets.length === 0) return []
      const files = new Set(awaited(source.ids[module]!))
      return targets.flatMap((target): Wait[] => {
        const to = rootOf.get(target)!
        return files.has(output.chunks[to]!.file) ? [{ module, target, from, to }] : []
      })
    }),
  )
}

function withWaits(imports: readonly (readonly number[])[], waits: readonly Pick<Wait, 'from' | 'to'>[]): number[][] {
  const all = imports.map((targets) => [...targets])
  for (const { from, to } of waits) all[from]!.push(to)
  return all
}

/** Whether chunks would wait for each other without any options as well. */
function stuckByDefault(graph: OutputGraph, all: readonly Wait[]): (wait: Wait) => boolean {
  const { ids, order } = graph.source
  const kept = order.filter((module) => graph.chunkOf[module] !== -1)
  const awaiting = new Set(all.map(({ module }) => ids[module]))
  const { chunkOf, imports } = defaultChunks(graph, kept, (id) => awaiting.has(id))
  const chunkBy = new Map(kept.map((module, index) => [module, chunkOf[index]!]))
  const usual = ({ module, target }: Wait): { from: number; to: number }[] => {
    const [from, to] = [chunkBy.get(module), chunkBy.get(target)]
    // What lies in one chunk is not loaded.
    return from === undefined || to === undefined || from === to ? [] : [{ from, to }]
  }
  const { of } = findComponents(withWaits(imports, all.flatMap(usual)))
  return (wait) => usual(wait).some(({ from, to }) => of[from] === of[to])
}

function waitStep({ source, output }: OutputGraph, { module, target, from, to }: Wait): ChunkStep {
  const because = { importer: source.ids[module]!, importee: source.ids[target]!, kind: 'dynamic' as const }
  return { from: output.chunks[from]!.file, to: output.chunks[to]!.file, because }
}

/** A step that no static import explains. */
function stepOf(graph: OutputGraph, all: readonly Wait[], step: ChunkStep): ChunkStep {
  const waits = all.map((wait) => waitStep(graph, wait))
  return waits.find(({ from, to }) => from === step.from && to === step.to) ?? step
}
