import { type Bits, bitsKey, isSubset, keepBits, makeBits, setBit, without } from '../planner/bits.ts'
import { loadedBefore } from '../planner/loaded-before.ts'
import { loadedWith, type Partition, partitionBy } from '../planner/partition.ts'
import type { OutputGraph } from './output-graph.ts'
import { entryRoots, importsUnder, setsOfRolldown } from './rolldown-sets.ts'
import { runFrom } from './source-graph.ts'

/** The chunks that a bundler makes of an output's modules when no options say anything about them. */
export interface DefaultChunks extends Partition {
  /** Chunk → chunks it imports. */
  readonly imports: readonly (readonly number[])[]
}

/** Modules that the same roots need, by number: they always lie together. */
export interface Kinds extends Partition {
  /** Kind → roots that need it. */
  readonly needed: readonly Bits[]
  /** Kind → kinds it imports. */
  readonly imports: readonly (readonly number[])[]
  readonly kindOf: (module: number) => number | undefined
}

/**
 * What is needed by the same roots is one chunk, where a root counts only if it can be asked for before the module is loaded. Rollup
 * always leaves the others out, Rolldown not in every case.
 *
 * @param kept the modules of the output in the order of the bundler; chunks are made of their places in it
 * @param awaits whether a module has a top-level `await`
 */
export function defaultChunks(
  graph: OutputGraph,
  kept: readonly number[],
  awaits: (module: string) => boolean,
): DefaultChunks {
  const kinds = findKinds(graph, kept)
  const fetched = fetchedBy(graph, kinds, kept, awaits)
  const sets = graph.output.bundler === 'rollup' ? fetched : setsOfRolldown(graph, kinds, fetched)
  const { chunkOf } = partitionBy(sets.length, (kind) => bitsKey(sets[kind]!))
  const chunks = partitionBy(kept.length, (index) => chunkOf[kinds.chunkOf[index]!]!)
  return { ...chunks, imports: importsUnder(kinds, chunkOf) }
}

function findKinds(graph: OutputGraph, kept: readonly number[]): Kinds {
  const bits = neededBy(graph)
  const partition = partitionBy(kept.length, (index) => bitsKey(bits[kept[index]!]!))
  const needed = partition.chunks.map(([first]) => bits[kept[first!]!]!)
  const placeOf = new Map(kept.map((module, index) => [module, index]))
  // An import that comes to nothing shows in that not everybody who needs the importer needs its target.
  const imports = partition.chunks.map((indices, kind) => {
    const targets = indices.flatMap((index) => graph.imports[kept[index]!]!.map((target) => placeOf.get(target)!))
    const kinds = new Set(targets.map((target) => partition.chunkOf[target]!))
    return [...kinds].filter((target) => target !== kind && isSubset(needed[kind]!, needed[target]!))
  })
  return { ...partition, needed, imports, kindOf: (module) => partition.chunkOf[placeOf.get(module)!] }
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

/** Kind → roots that need it and can be asked for while it is not loaded yet. */
function fetchedBy(
  graph: OutputGraph,
  { chunkOf, chunks, needed }: Kinds,
  kept: readonly number[],
  awaits: (module: string) => boolean,
): Bits[] {
  const { source, roots } = graph
  const targets = new Map(roots.map(({ module, callers }) => [module, new Set([...callers, graph.chunkOf[module]!])]))
  const modules = kept.map((module) => ({
    // Of imports inside a chunk nobody knows whether they are left. One more can only take away what is loaded before.
    dynamicImports: source.dynamicImports[module]!.filter((target) => targets.get(target)?.has(graph.chunkOf[module]!)),
    awaits: awaits(source.ids[module]!),
  }))
  const before = loadedBefore({
    graph: { modules },
    components: { of: chunkOf, members: chunks },
    roots: roots.map(({ module }) => module),
    entryRoots: entryRoots(graph),
    full: needed,
  })
  return needed.map((bits, kind) => without(bits, before[kind]!))
}
