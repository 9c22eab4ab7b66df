import { type Bits, bitsKey, isSubset, keepBits, makeBits, setBit } from '../planner/bits.ts'
import { loadedWith, partitionBy, type Partition } from '../planner/partition.ts'
import type { OutputGraph } from './output-graph.ts'
import { runFrom } from './source-graph.ts'

/**
 * What bundlers promise about the order of modules without any options for chunks. It is less than what the source says: what
 * two pages share goes into a chunk of its own, which runs before the rest of both, and independent chunks run in any order.
 */
export interface DefaultOrder {
  /** Module → its chunk: modules that the same entries and targets of `import()` need. */
  readonly chunkOf: ReadonlyMap<number, number>
  /** Module → its place in the order by which modules of one chunk are sorted. */
  readonly place: ReadonlyMap<number, number>
  /** Whether all of the second chunk has run before the first begins, unless a bundler merges them. */
  readonly isAfter: (chunk: number, other: number) => boolean
}

/**
 * Chunks as small as either bundler makes them. What is certainly loaded before may be merged into fewer: Rollup always
 * does, Rolldown not when somebody would have to import the entry. An order that holds in both is promised.
 */
export function defaultOrder(graph: OutputGraph): DefaultOrder {
  const kept = graph.source.order.filter((module) => graph.chunkOf[module] !== -1)
  const place = new Map(kept.map((module, index) => [module, index]))
  const needed = neededBy(graph)
  const partition = partitionBy(kept.length, (index) => bitsKey(needed[kept[index]!]!))
  const imports = importsOf(graph, kept, place, partition, needed)
  const closures = new Map<number, ReadonlySet<number>>()
  const closureOf = (chunk: number): ReadonlySet<number> => {
    const closure = closures.get(chunk) ?? loadedWith(imports, [chunk])
    closures.set(chunk, closure)
    return closure
  }
  return {
    chunkOf: new Map(kept.map((module, index) => [module, partition.chunkOf[index]!])),
    place,
    isAfter: (chunk, other) => chunk !== other && closureOf(chunk).has(other),
  }
}

/**
 * Module → roots that need it: those from which imports lead to it and whose chunks load it. Neither is enough alone, since the graph
 * has imports that came to nothing, and chunks hold what others need.
 */
function neededBy({ roots, source, imports, chunkOf, chunkImports }: OutputGraph): Bits[] {
  const reached = source.ids.map(() => makeBits(roots.length))
  const loaded = chunkImports.map(() => makeBits(roots.length))
  for (const [index, root] of roots.entries()) {
    for (const module of runFrom(imports, root.module, new Uint8Array(source.ids.length)))
      setBit(reached[module]!, index)
    for (const chunk of loadedWith(chunkImports, [root.chunk])) setBit(loaded[chunk]!, index)
  }
  for (const [module, bits] of reached.entries()) if (chunkOf[module] !== -1) keepBits(bits, loaded[chunkOf[module]!]!)
  return reached
}

/** Imports between the chunks. One that comes to nothing shows in that not everybody who needs the importer needs its target. */
function importsOf(
  graph: OutputGraph,
  kept: readonly number[],
  place: ReadonlyMap<number, number>,
  { chunks, chunkOf }: Partition,
  needed: readonly Bits[],
): number[][] {
  return chunks.map((modules) => {
    const targets = modules.flatMap((index) =>
      graph.imports[kept[index]!]!.filter((target) => isSubset(needed[kept[index]!]!, needed[target]!)),
    )
    return [...new Set(targets.map((target) => chunkOf[place.get(target)!]!))]
  })
}
