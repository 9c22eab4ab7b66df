import { addBits, type Bits, hasBit, keepBits, makeBits, sameBits, setBit, unionOf } from '../planner/bits.ts'
import type { OutputGraph, Root } from './output-graph.ts'
import { runFrom } from './source-graph.ts'

/** What asking for a root makes the browser run. */
export interface Loading {
  readonly root: Root
  /** Chunks that run now, in the order in which they do. What was certainly loaded before is not among them. */
  readonly chunks: readonly number[]
}

/**
 * What every root loads, after ESM: a chunk runs when all that it imports has run, in the order of the statements, each once.
 * Before a lazy root those chunks are there that every way to its `import()` has loaded: the greatest fixed point over all roots.
 */
export function loadings(graph: OutputGraph): Loading[] {
  const { chunkImports, roots } = graph
  const around = layoutsOf(graph)
  const count = chunkImports.length
  const orders = roots.map((root) => runFrom(chunkImports, root.chunk, new Uint8Array(count)))
  const closures = orders.map((chunks) => bitsOf(chunks, count))
  const everything = bitsOf(chunkImports.keys(), count)
  const before = roots.map((root) => (root.entry ? makeBits(count) : everything))
  for (let changed = true; changed;) {
    changed = false
    const there = loadedWith(closures, before, everything)
    for (const [index, root] of roots.entries()) {
      if (root.entry) continue
      const known = everything.slice()
      for (const caller of root.callers) keepBits(known, there[caller]!)
      for (const layout of around[index]!) addBits(known, closures[layout]!)
      if (sameBits(known, before[index]!)) continue
      before[index] = known
      changed = true
    }
  }
  return roots.map((root, index) => ({
    root,
    chunks: orders[index]!.filter((chunk) => !hasBit(before[index]!, chunk)),
  }))
}

/** Root → roots of the layouts around it. */
function layoutsOf({ output, source, roots }: OutputGraph): number[][] {
  const rootOf = new Map(roots.map((root, index) => [source.ids[root.module]!, index]))
  return roots.map(({ module }) =>
    (output.layouts?.get(source.ids[module]!) ?? []).flatMap((layout) => rootOf.get(layout) ?? []),
  )
}

/** Chunk → chunks that are certainly loaded when it runs. */
function loadedWith(closures: readonly Bits[], before: readonly Bits[], everything: Bits): Bits[] {
  const loaded = Array.from({ length: everything.length * 32 }, () => everything)
  for (const [root, closure] of closures.entries()) {
    const all = unionOf(closure, before[root]!)
    for (let chunk = 0; chunk < loaded.length; chunk++) {
      if (!hasBit(closure, chunk)) continue
      if (loaded[chunk] === everything) loaded[chunk] = all
      else loaded[chunk] = intersection(loaded[chunk]!, all)
    }
  }
  return loaded
}

function intersection(a: Bits, b: Bits): Bits {
  const kept = a.slice()
  keepBits(kept, b)
  return kept
}

function bitsOf(values: Iterable<number>, size: number): Bits {
  const bits = makeBits(size)
  for (const value of values) setBit(bits, value)
  return bits
}
