import type { ChangedOrder } from './chunk-fault.ts'
import { defaultOrder } from './default-order.ts'
import type { Loading } from './loaded-chunks.ts'
import { isHelper, type OutputGraph, type Root } from './output-graph.ts'
import { runFrom, shortestPath } from './source-graph.ts'

/**
 * Pairs of modules that run in another order than in the source, where both do something that others notice or both bring
 * CSS. What the bundler changes by itself, without any options for chunks, is nobody's fault. One fault per pair of chunks.
 */
export function changedOrder(graph: OutputGraph, all: readonly Loading[]): ChangedOrder[] {
  const { output, source } = graph
  const found = new Map<string, ChangedOrder>()
  let withoutOptions: ((root: Root) => number[]) | undefined
  for (const { root, chunks } of all) {
    const ranks = ranksOf(runFrom(source.imports, root.module, new Uint8Array(source.ids.length)))
    const runs = chunks.flatMap((chunk) => graph.chunks[chunk]!.filter((module) => ranks.has(module)))
    if (isSorted(runs, ranks)) continue
    withoutOptions ??= defaultOrder(graph)
    const byDefault = ranksOf(withoutOptions(root))
    // Whether a module does anything costs a look at its code: only those are asked about that have changed places.
    const moved = movedModules(runs, ranks, byDefault)
    for (const styles of [false, true]) {
      const counts = styles ? output.hasStyles : output.hasEffects
      const noticed = moved.filter((module) => !isHelper(graph, module) && counts(source.ids[module]!))
      for (const [first, second] of swapped(noticed, ranks, byDefault)) {
        const pair = describe(graph, root, first, second, styles)
        const key = `${styles} ${pair.chunks.join(' ')}`
        const known = found.get(key)
        found.set(key, known ? { ...known, more: known.more + (known.root === pair.root ? 1 : 0) } : pair)
      }
    }
  }
  return [...found.values()]
}

function ranksOf(order: readonly number[]): Ranks {
  return new Map(order.map((module, index) => [module, index]))
}

type Ranks = ReadonlyMap<number, number>

function isSorted(runs: readonly number[], ranks: Ranks): boolean {
  return runs.every((module, at) => at === 0 || ranks.get(runs[at - 1]!)! < ranks.get(module)!)
}

/** Every module of a pair that runs in another order than both orders have it, in the order in which they run. */
function movedModules(runs: readonly number[], ranks: Ranks, others: Ranks): number[] {
  const early = swapped(runs, ranks, others).map(([, second]) => second)
  if (early.length === 0) return []
  const backwards = (order: Ranks): Ranks => new Map([...order].map(([module, rank]) => [module, -rank]))
  const late = swapped(runs.toReversed(), backwards(ranks), backwards(others)).map(([, second]) => second)
  const moved = new Set([...early, ...late])
  return runs.filter((module) => moved.has(module))
}

/**
 * For every module that runs too early one that both orders have before it and that runs after it. From the end of
 * the run, those are kept that nothing else undercuts in both orders: few, whatever the number of modules.
 */
function swapped(runs: readonly number[], ranks: Ranks, others: Ranks): [number, number][] {
  const pairs: [number, number][] = []
  let lowest: number[] = []
  const isBefore = (a: number, b: number): boolean =>
    ranks.get(a)! < ranks.get(b)! && (others.get(a) ?? Infinity) < (others.get(b) ?? -Infinity)
  for (const module of runs.toReversed()) {
    const first = lowest.find((later) => isBefore(later, module))
    if (first === undefined) lowest = [module, ...lowest.filter((later) => !isBefore(module, later))]
    else pairs.push([first, module])
  }
  return pairs.toReversed()
}

function describe(graph: OutputGraph, root: Root, first: number, second: number, styles: boolean): ChangedOrder {
  const { ids } = graph.source
  const file = (module: number): string => graph.output.chunks[graph.chunkOf[module]!]!.file
  const chain = (module: number) => shortestPath(graph.source, root.module, module, 'static') ?? []
  return {
    kind: 'order',
    root: ids[root.module]!,
    styles,
    first: ids[first]!,
    second: ids[second]!,
    chunks: [file(first), file(second)],
    chains: [chain(first), chain(second)],
    more: 0,
  }
}
