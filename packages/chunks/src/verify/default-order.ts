import { isMereStyle } from '../mere-styles.ts'
import { loadedWith } from '../planner/partition.ts'
import { defaultChunks } from './default-chunks.ts'
import type { OutputGraph } from './output-graph.ts'

/**
 * What the bundler promises about the order of modules without any options for chunks. It is less than what the source says: what
 * two pages share goes into a chunk of its own, which runs before the rest of both, and independent chunks run in any order.
 */
export interface DefaultOrder {
  /** Module → its chunk. */
  readonly chunkOf: ReadonlyMap<number, number>
  /** Module → its place in the order by which modules of one chunk are sorted. */
  readonly place: ReadonlyMap<number, number>
  /** Whether all of the second chunk has run before the first begins, unless the bundler merges them. */
  readonly isAfter: (chunk: number, other: number) => boolean
}

/** The same about scripts and about stylesheets. */
export interface DefaultOrders {
  readonly scripts: DefaultOrder
  readonly styles: DefaultOrder
}

/** @param awaits whether a module has a top-level `await`, which lets bundlers promise less */
export function defaultOrders(graph: OutputGraph, awaits: (module: string) => boolean): DefaultOrders {
  const { source } = graph
  const kept = source.order.filter((module) => graph.chunkOf[module] !== -1)
  const { chunkOf, chunks, imports } = defaultChunks(graph, kept, awaits)
  const closures = new Map<number, ReadonlySet<number>>()
  const closureOf = (chunk: number): ReadonlySet<number> => {
    const closure = closures.get(chunk) ?? loadedWith(imports, [chunk])
    closures.set(chunk, closure)
    return closure
  }
  const isAfter = (chunk: number, other: number): boolean => chunk !== other && closureOf(chunk).has(other)
  const onlyStyles = chunks.map((indices) => indices.every((index) => isMereStyle(source.ids[kept[index]!]!)))
  // Stylesheets alone come behind the chunk that imports them, and so before those that import that chunk.
  const isStyledAfter = (chunk: number, other: number): boolean =>
    onlyStyles[other]
      ? [...closureOf(chunk)].some((between) => between !== chunk && imports[between]!.includes(other))
      : isAfter(chunk, other)
  const scripts: DefaultOrder = {
    chunkOf: new Map(kept.map((module, index) => [module, chunkOf[index]!])),
    place: new Map(kept.map((module, index) => [module, index])),
    isAfter,
  }
  return { scripts, styles: { ...scripts, isAfter: isStyledAfter } }
}
