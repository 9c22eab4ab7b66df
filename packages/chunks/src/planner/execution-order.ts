import type { LiveGraph, LiveModule, Scenario } from '../live-graph.ts'
import { importsBetween, type Partition } from './partition.ts'

/** The two bundlers of Vite. */
export type Bundler = 'rolldown' | 'rollup'

/**
 * How a bundler orders the import statements of a chunk: `walked`, as a walk over the modules' imports finds them (Rollup's
 * `getStaticDependencies`, and Rolldown 1.2.19), or `sorted` by the first module of the imported chunk, an entry's own chunk
 * by the entry (`assign_chunk_exec_orders` of Rolldown 1.2.5).
 */
export type ImportOrder = 'walked' | 'sorted'

/** The part of a graph that the order of import statements follows from. */
interface ImportGraph {
  readonly modules: readonly Pick<LiveModule, 'imports'>[]
  readonly entries: readonly number[]
}

/**
 * The modules that run when the roots of a scenario are loaded one after the other, in the order in which they run.
 * A chunk runs the chunks that it imports first, in the order of its import statements, then its own modules in the order of
 * the source.
 *
 * @param leads See {@link orderedImports}.
 */
export function executionOrder(
  graph: LiveGraph,
  partition: Partition,
  scenario: Pick<Scenario, 'roots'>,
  order: ImportOrder = 'walked',
  leads: readonly number[] = graph.entries,
): number[] {
  return runChunks(partition, orderedImports(graph, partition, order, leads), scenario.roots).flatMap(
    (chunk) => partition.chunks[chunk] as readonly number[],
  )
}

/**
 * Chunks in the order in which they run.
 *
 * @param loaded Chunks that ran before.
 */
export function runChunks(
  { chunkOf }: Partition,
  imports: readonly (readonly number[])[],
  roots: readonly number[],
  loaded: Iterable<number> = [],
): number[] {
  const order: number[] = []
  const entered = new Set(loaded)
  for (const root of roots) {
    const path = [chunkOf[root] as number]
    const next = new Map<number, number>()
    while (path.length > 0) {
      const chunk = path[path.length - 1] as number
      if (path.length === 1 && entered.has(chunk) && !next.has(chunk)) break
      entered.add(chunk)
      const at = next.get(chunk) ?? 0
      next.set(chunk, at + 1)
      const target = (imports[chunk] as readonly number[])[at]
      if (target === undefined) order.push(path.pop() as number)
      else if (!entered.has(target)) path.push(target)
    }
  }
  return order
}

/**
 * Chunk → the chunks it imports, in the order of its import statements.
 *
 * @param leads Modules whose chunk the bundler makes for them: the entries and, without a plan, targets of `import()`.
 */
export function orderedImports(
  graph: ImportGraph,
  partition: Partition,
  order: ImportOrder,
  leads: readonly number[] = graph.entries,
): number[][] {
  if (order === 'walked') return partition.chunks.map((modules, own) => walkedImports(graph, partition, modules, own))
  const position = partition.chunks.map((modules) => modules[0] as number)
  for (const entry of leads) position[partition.chunkOf[entry] as number] = entry
  return importsBetween(graph, partition).map((targets) =>
    targets.sort((a, b) => (position[a] as number) - (position[b] as number)),
  )
}

/**
 * From the last module to the first, each with what it reaches inside the chunk; the imports found from a later module come
 * behind those found from an earlier one.
 */
function walkedImports(graph: ImportGraph, { chunkOf }: Partition, modules: readonly number[], own: number): number[] {
  const blocks: number[][] = []
  const handled = new Set<number>()
  for (const start of modules.toReversed()) {
    if (handled.has(start)) continue
    const block: number[] = []
    const path = [{ module: start, at: 0 }]
    while (path.length > 0) {
      const step = path[path.length - 1] as { module: number; at: number }
      const target = (graph.modules[step.module] as ImportGraph['modules'][number]).imports[step.at++]
      if (target === undefined) path.pop()
      else if (chunkOf[target] !== own) block.push(chunkOf[target] as number)
      else if (!handled.has(target)) {
        handled.add(target)
        path.push({ module: target, at: 0 })
      }
    }
    blocks.push(block)
  }
  return [...new Set(blocks.toReversed().flat())]
}
